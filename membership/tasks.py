from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def look_after() -> int:
    """Every minute: claims follow what profiles, addresses and domains say."""
    return actions.look_after(now=timezone.now())


@shared_task
def forget() -> int:
    """Every day: what ended a year ago."""
    return actions.forget_ended(now=timezone.now())
