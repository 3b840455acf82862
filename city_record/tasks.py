from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def look_after() -> None:
    """Every five minutes: for whom people acted is written down, and that it is confirmed."""
    actions.follow(now=timezone.now())


@shared_task
def count() -> int:
    """Every hour: who is new in the numbers of cities. All who were not there are looked at, so not more often."""
    return actions.count_belongings(now=timezone.now())
