from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def look_after() -> None:
    """Every five minutes: for whom people acted is written down when their session is over, and counted."""
    actions.look_after(now=timezone.now())
