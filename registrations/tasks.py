from celery import shared_task
from django.utils import timezone

from outbox import heartbeat

from . import materials, reminders


@shared_task
def remind() -> int:
    """Every minute: write the reminders that are due, and what comes after a session. Two beats, or two workers, write each
    once all the same."""
    now = timezone.now()
    written = reminders.remind(now=now) + materials.write_due(now=now)
    heartbeat.beat("remind", now)
    return written
