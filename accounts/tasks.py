from celery import shared_task
from django.conf import settings
from django.utils import timezone

from . import actions, codes


@shared_task
def forget_unproven() -> int:
    """Every hour: addresses that were typed and never proven do not stay with us, nor what codes were counted by."""
    now = timezone.now()
    codes.sweep(now=now)
    return actions.forget_unproven(older_than=settings.UNPROVEN_ACCOUNTS_LIVE, now=now)
