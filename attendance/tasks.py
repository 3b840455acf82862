from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def forget() -> int:
    """Every hour: names and e-mails of guests who did not confirm, and numbers of taps that no phone can send any more."""
    now = timezone.now()
    return actions.forget_unconfirmed(now=now) + actions.forget_old_taps(now=now)
