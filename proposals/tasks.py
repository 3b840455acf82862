from celery import shared_task
from django.utils import timezone

from . import actions
from .forgetting import forget_nobodys_drafts


@shared_task
def follow() -> int:
    """Every few minutes: proposals whose activity was published are told so."""
    return actions.follow(now=timezone.now())


@shared_task
def forget_old_drafts() -> int:
    return forget_nobodys_drafts(now=timezone.now())
