"""Proposing together: asked by e-mail, confirmed by who was asked."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from accounts.whose import owner_of

from .. import errors, letters
from ..models import CoProposer, HistoryLine, Proposal
from ..models.co_proposer import MOST_CO_PROPOSERS
from ..models.proposal import new_secret
from ..states import DECIDED, State
from .moving import lock, note
from .sending import proven


@transaction.atomic
def invite_co_proposer(
    *, proposal: Proposal, email: str, by: User, now: datetime | None = None
) -> CoProposer:
    """Ask somebody to propose together. Raises TooManyCoProposers, AlreadyProposing, CannotBeEdited."""
    locked = lock(proposal)
    if locked.state in DECIDED or locked.state == State.WITHDRAWN:
        raise errors.CannotBeEdited
    email = email.strip().lower()
    if locked.person and locked.person == owner_of(email):
        raise errors.AlreadyProposing
    if locked.co_proposers.filter(email__iexact=email).exists():
        raise errors.AlreadyProposing
    if locked.co_proposers.count() >= MOST_CO_PROPOSERS:
        raise errors.TooManyCoProposers
    now = now or timezone.now()
    asked = CoProposer.objects.create(proposal=locked, email=email, invited_at=now)
    letters.ask_to_join(asked, by=by, now=now)
    return asked


@transaction.atomic
def join_as_co_proposer(*, asked: CoProposer, now: datetime | None = None) -> CoProposer:
    """They said yes, by the link in the letter, which proves their address. Said twice, it is yes once."""
    locked = lock(asked.proposal)
    asked = CoProposer.objects.select_for_update(of=("self",)).filter(pk=asked.pk).first() or asked
    if asked.pk is None or locked.state == State.WITHDRAWN:
        raise errors.LinkNoLongerGood
    if asked.confirmed_at:
        return asked
    now = now or timezone.now()
    asked.person = proven(asked.email, name="", language=translation.get_language() or locked.language)
    asked.confirmed_at = now
    asked.save(update_fields=["person", "confirmed_at"])
    note(locked, HistoryLine.Deed.JOINED, by=asked.person, by_proposer=True, now=now)
    return asked


@transaction.atomic
def remove_co_proposer(*, asked: CoProposer, by: User) -> None:
    """Off again: who was asked, by who asked; or who joined, by themselves."""
    locked = lock(asked.proposal)
    if by.pk not in (locked.person_id, asked.person_id):
        raise errors.NotYours
    asked.delete()
    # Pages that stand open with them keep nothing any more.
    locked.secret = new_secret()
    locked.save(update_fields=["secret"])
