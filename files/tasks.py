from celery import shared_task
from django.utils import timezone

from .cleanup import delete_pending
from .keeping import forget_unsaved


@shared_task
def delete_forgotten() -> int:
    """Every few minutes: files whose form nobody saved, and those whose rows are gone and which the storage would not take
    away at that time."""
    return forget_unsaved(now=timezone.now()) + delete_pending()
