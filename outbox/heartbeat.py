"""A sign of life from what runs by itself. A round that the beat called for and a worker did proves both, and the broker."""

from datetime import datetime

from django.utils import timezone

from outbox.models import Heartbeat


def beat(name: str = "beat", now: datetime | None = None) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now or timezone.now()})
