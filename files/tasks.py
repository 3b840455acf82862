from celery import shared_task

from .forgetting import delete_what_waits


@shared_task
def delete_forgotten() -> int:
    """Every few minutes: files whose rows are gone, and which the storage would not take away at that time."""
    return delete_what_waits()
