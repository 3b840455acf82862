import logging

from celery import shared_task

from . import actions
from .models import Message

logger = logging.getLogger(__name__)


@shared_task
def write(pk: int) -> None:
    """The rest of a message that a page did not wait for. Discarded or finished meanwhile, there is nothing to do."""
    message = Message.objects.filter(pk=pk).first()
    if message:
        actions.write_all(message=message)


@shared_task
def write_unfinished() -> int:
    """Every minute: messages whose writing was interrupted, or that nobody handed over. Answers how many.

    Each by itself: one that fails stops no other, and stands on the desk's first page (attention.py).
    """
    messages = list(Message.objects.unfinished().order_by("sent_at", "pk"))
    for message in messages:
        try:
            actions.write_all(message=message)
        except Exception:
            logger.exception("The letters of message %s were not written.", message.pk)
    return len(messages)
