"""A sign of life from what runs by itself. A round that the beat called for and a worker did proves both, and the broker."""

import time
from datetime import datetime

from django.utils import timezone

from outbox.models import Heartbeat


def beat(name: str = "beat", now: datetime | None = None) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now or timezone.now()})


LETTERS = "letters"
FLOW_SECONDS = 10  # not for each letter: all slots would write the same row

_flowed_at = float("-inf")


def letters_flow() -> None:
    """At this moment letters leave, or none is due: a crowd that waits is only a crowd."""
    global _flowed_at
    if time.monotonic() - _flowed_at >= FLOW_SECONDS:
        beat(LETTERS)
        _flowed_at = time.monotonic()
