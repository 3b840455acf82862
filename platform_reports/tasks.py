from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def forget() -> int:
    """Every hour: names, addresses and hours of reports that were read 60 days ago, and aliases unused for two years."""
    now = timezone.now()
    return actions.forget_old(now=now) + actions.forget_aliases(now=now)
