from celery import shared_task
from django.utils import timezone

from . import actions, waiting


@shared_task
def look_after() -> int:
    """Every few minutes: terms that are over end, and focal points are told that people wait for their word."""
    now = timezone.now()
    actions.look_after(now=now)
    return waiting.tell(now=now)
