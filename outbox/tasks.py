"""What the worker does with letters. Each task may run twice, or twice at once: a letter is claimed before it is sent."""

from celery import shared_task
from django.utils import timezone

from outbox import delivery, heartbeat
from outbox.models import Letter
from outbox.slots import sending_slots
from outbox.wakeup import wake_worker


@shared_task
def send_due() -> None:
    """What a page calls for when it wrote letters, one or many. Where all slots are sending, they send them too.

    A letter that was written while the last of them was getting up would wait for the beat's round; so they look once more.
    """
    if not sending_slots.acquire(blocking=False):
        return
    try:
        sent = delivery.send_due()
    finally:
        sending_slots.release()
    if sent and Letter.objects.due(timezone.now()).exists():
        wake_worker()


@shared_task
def send_waiting() -> None:
    """The beat's round: what was not handed over, what must be tried again, what a dead worker held."""
    heartbeat.beat()
    delivery.release_abandoned()
    delivery.mark_too_late()
    send_due()
