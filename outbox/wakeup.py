"""From the page to the worker: a hint that a letter is there.

Only a hint. The letter itself is in the database, and the worker's rounds (outbox/tasks.py) find it without the hint. So
nothing that is wrong with the broker may fail the page, nor hold it up for more than a moment, however many
letters it wrote.
"""

import logging

import kombu.pools
from celery import Task, current_app
from django.conf import settings
from kombu.connection import Connection

from page_cache.breaker import Breaker, of_valkey

logger = logging.getLogger(__name__)


def wake_worker() -> bool:
    """Tell a worker that a letter is there, or many. False when the broker does not answer, or did not a few seconds ago.

    Which one is not said: a round takes the most urgent first, so that a crowd of calls never stands before a code.
    """
    from outbox.tasks import send_due  # tasks call for rounds too: not at import

    return publish(send_due)


def publish[**P, R](task: Task[P, R], *args: P.args, **kwargs: P.kwargs) -> bool:
    silence = breaker()
    if silence.is_open():
        return False
    try:
        with kombu.pools.producers[broker()].acquire(
            block=True, timeout=settings.VALKEY_PATIENCE
        ) as producer:
            task.apply_async(args, kwargs, producer=producer, retry=False)
    except Exception as error:  # whatever it is, it must not reach the page: the letters are safe
        silence.no_answer()
        logger.warning("%s was not handed over; the beat's next round does it: %s", task.name, error)
        return False
    silence.answered()
    return True


def breaker() -> Breaker:
    """Shared with the cache, which asks the same server: who waited for one does not wait for the other."""
    address = current_app.conf.broker_write_url
    return of_valkey(settings.REDIS_URL if address == settings.CELERY_BROKER_URL else address)


def broker() -> Connection:
    """The worker's connections wait for work and so wait longer; a page waits for a moment, once."""
    patience = {
        "socket_connect_timeout": settings.VALKEY_PATIENCE,
        "socket_timeout": settings.VALKEY_PATIENCE,
    }
    options = {**current_app.conf.broker_transport_options, **patience, "max_retries": 0}
    return current_app.connection_for_write(transport_options=options)
