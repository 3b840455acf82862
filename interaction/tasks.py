from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def forget() -> int:
    """Every hour: what is kept for six months and no longer. Answers how much went."""
    return actions.forget_old(now=timezone.now())
