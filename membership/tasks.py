from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def look_after() -> int:
    """Every minute: claims follow what profiles, addresses and domains say; what ended a year ago is forgotten."""
    now = timezone.now()
    actions.forget_ended(now=now)
    return actions.look_after(now=now)
