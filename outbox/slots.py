"""How many of a worker's slots may send letters at the same time: fewer than it has.

A slot that sends may be busy for half a minute, or hang on a mail server that hangs. The slots that are left are for what
must not wait behind letters: reminders, the sign of life, what must be forgotten. Whoever finds no
sending slot goes away again: those who have one look for the next letter after each, the urgent first.
"""

import logging
import threading
from typing import Any

from celery.signals import celeryd_after_setup
from django.conf import settings

logger = logging.getLogger(__name__)

sending_slots = threading.BoundedSemaphore(
    settings.LETTERS_AT_ONCE
)  # of this process: workers run in threads


@celeryd_after_setup.connect
def warn_of_a_worker_without_a_free_slot(sender: str, instance: Any, **about: object) -> None:
    in_threads = "thread" in str(getattr(instance, "pool_cls", ""))
    if not in_threads or instance.concurrency <= settings.LETTERS_AT_ONCE:
        logger.warning(
            "This worker can be filled with letters: start it with --pool=threads and a --concurrency above %s.",
            settings.LETTERS_AT_ONCE,
        )
