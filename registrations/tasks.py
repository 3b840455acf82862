from celery import shared_task
from django.utils import timezone

from outbox import heartbeat

from . import actions, materials, reminders
from .holding import sessions_to_settle


@shared_task
def remind() -> int:
    """Every minute: write the reminders that are due, and what comes after a session. Two beats, or two workers, write each
    once all the same."""
    now = timezone.now()
    written = reminders.remind(now=now) + materials.write_due(now=now)
    heartbeat.beat("remind", now)
    return written


@shared_task
def settle_holds() -> int:
    """Every minute: places that are held are given, or go on, as soon as it is known."""
    now = timezone.now()
    return sum(actions.settle_holds(session=session, now=now) for session in sessions_to_settle(now))
