"""What the worker does with letters. Each task may run twice, or twice at once: a letter is claimed before it is sent."""

from celery import shared_task

from outbox import delivery, heartbeat


@shared_task
def deliver(letter_id: int) -> None:
    delivery.deliver(letter_id)


@shared_task
def send_many() -> None:
    """A round that a page called for, because it wrote many letters. What it does not manage the beat's next round does."""
    delivery.send_due()


@shared_task
def send_waiting() -> None:
    """The beat's round: what was not handed over, what must be tried again, what a dead worker held."""
    heartbeat.beat()
    delivery.free_abandoned()
    delivery.set_aside_too_late()
    delivery.send_due()
