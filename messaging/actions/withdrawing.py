"""A message is withdrawn as far as its letters have not left."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import Session
from outbox.actions import stop_all
from outbox.models import Letter

from ..models import Message
from .lock import lock_message


@transaction.atomic
def withdraw(*, message: Message, by: User, now: datetime | None = None) -> int:
    """No more letters are written, those that wait are stopped, and no registration's page shows it any more. What has left
    has left. Answers how many were stopped; withdrawn before, none."""
    message = lock_message(message)
    if message.is_draft or message.is_withdrawn:
        return 0
    return end(message, by=by, now=now or timezone.now())


def withdraw_unsent(*, session: Session, by: User, now: datetime) -> int:
    """Of a session that is cancelled, under its lock: messages of which a letter is still to be written or to go.

    Answers how many letters were stopped.
    """
    stopped = 0
    for message in session.messages.standing().order_by("pk"):
        waits = letters_of(message).filter(state=Letter.State.WAITING)
        if message.is_being_written or waits.exists():
            stopped += end(message, by=by, now=now)
    return stopped


def end(message: Message, *, by: User, now: datetime) -> int:
    message.withdrawn_at, message.withdrawn_by = now, by
    message.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return stop_all(letters=letters_of(message), by=by, now=now)


def letters_of(message: Message) -> QuerySet[Letter]:
    return Letter.objects.filter(key__startswith=message.key_of())
