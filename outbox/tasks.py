"""What the worker does with letters. Each task may run twice, or twice at once: a letter is claimed before it is sent."""

from celery import shared_task
from django.utils import timezone

from outbox import delivery, heartbeat
from outbox.handover import call_for_a_round
from outbox.models import Letter
from outbox.slots import seats


@shared_task
def send_due() -> None:
    """What a page calls for when it wrote letters, one or many. Where all seats are taken, those who sit send them.

    A letter that was written while the last of them was getting up would wait for the beat's round; so they look once more.
    """
    if not seats.acquire(blocking=False):
        return
    try:
        sent = delivery.send_due()
    finally:
        seats.release()
    if sent and Letter.objects.due(timezone.now()).exists():
        call_for_a_round()


@shared_task
def send_waiting() -> None:
    """The beat's round: what was not handed over, what must be tried again, what a dead worker held."""
    heartbeat.beat()
    delivery.free_abandoned()
    delivery.set_aside_too_late()
    send_due()
