from celery import shared_task

from .cleanup import delete_pending


@shared_task
def delete_forgotten() -> int:
    """Every few minutes: files whose rows are gone, and which the storage would not take away at that time."""
    return delete_pending()
