from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from .. import errors, letters, readers
from ..models import Message, Proposal
from ..states import State
from .moving import lock


@transaction.atomic
def write_message(
    *, proposal: Proposal, text: str, by: User, from_desk: bool, now: datetime | None = None
) -> Message:
    """A word to the desk, or from it. It goes to the other side by letter too, once to each.

    Raises NotYours when `by` is not of that side.
    """
    locked = lock(proposal)
    if from_desk and not readers.readable_by(by).filter(pk=locked.pk).exists():
        raise errors.NotYours
    if not from_desk and not Proposal.objects.of(by).filter(pk=locked.pk).exists():
        raise errors.NotYours
    if locked.is_draft:
        raise errors.NotAllowed(locked.state, State.SUBMITTED)
    now = now or timezone.now()
    message = Message.objects.create(proposal=locked, by=by, from_desk=from_desk, text=text, at=now)
    if from_desk:
        for person in letters.proposers(locked):
            letters.message(message, person, now=now)
    else:
        tell_the_desk(locked, message, now=now)
    return message


def tell_the_desk(locked: Proposal, message: Message, *, now: datetime) -> None:
    """A letter to each who answers for it, and to the Secretariat's mailbox while none of them decides."""
    people = readers.who_answers(locked)
    for person in people:
        letters.message_to_desk(message, person, now=now)
    mailbox = readers.secretariat_address()
    if mailbox and not any(readers.decides(person) for person in people):
        letters.message_to_secretariat(message, mailbox, now=now)
