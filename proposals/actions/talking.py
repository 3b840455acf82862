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
    """A word to the desk, or from it; what the desk says goes to the proposers by letter too.

    Raises NotYours when `by` is not of that side.
    """
    held = lock(proposal)
    if from_desk and not readers.readable_by(by).filter(pk=held.pk).exists():
        raise errors.NotYours
    if not from_desk and not Proposal.objects.of(by).filter(pk=held.pk).exists():
        raise errors.NotYours
    if held.is_draft:
        raise errors.NotAllowed(held.state, State.SUBMITTED)
    now = now or timezone.now()
    message = Message.objects.create(proposal=held, by=by, from_desk=from_desk, text=text, at=now)
    if from_desk:
        for person in letters.proposers(held):
            letters.message(message, person, now=now)
    return message
