from celery import shared_task
from django.utils import timezone

from .actions import forget_unsaved


@shared_task
def forget_what_was_not_saved() -> int:
    """Every hour: pictures and files whose form nobody saved within a day."""
    return forget_unsaved(now=timezone.now())
