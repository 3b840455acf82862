from celery import shared_task
from django.utils import timezone

from outbox import heartbeat

from . import notices


@shared_task
def notify() -> int:
    """Every hour: write the notices that are due. Two beats, or two workers, write each once all the same."""
    now = timezone.now()
    written = notices.notify(now=now)
    heartbeat.beat("agreements", now)
    return written
