"""The one action that moves a proposal from state to state."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from .. import errors
from ..models import HistoryLine, Proposal
from ..states import MOVES, Mover, State


def lock(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held until the transaction ends."""
    return (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("call", "person", "host", "organization")
        .get(pk=proposal.pk)
    )


@transaction.atomic
def move(
    *,
    proposal: Proposal,
    to: State,
    mover: Mover,
    by: User | None,
    why: str = "",
    now: datetime | None = None,
) -> Proposal:
    """Move the proposal, and write down who, when and why. Raises NotAllowed when it does not go there from where it is.

    Of two who move it at once the second finds it moved, and is refused or not by where it then is.
    """
    locked = lock(proposal)
    if mover not in MOVES.get((State(locked.state), to), set()):
        raise errors.NotAllowed(locked.state, to)
    now = now or timezone.now()
    HistoryLine.objects.create(
        proposal=locked,
        from_state=locked.state,
        to_state=to,
        by=by,
        by_proposer=mover == Mover.PROPOSER,
        why=why,
        at=now,
    )
    locked.state, locked.state_since = to, now
    locked.save(update_fields=["state", "state_since"])
    return locked


def note(
    proposal: Proposal,
    deed: HistoryLine.Deed,
    *,
    by: User | None,
    why: str = "",
    by_proposer: bool = False,
    now: datetime,
) -> HistoryLine:
    """Write down what moved nothing."""
    return HistoryLine.objects.create(
        proposal=proposal, deed=deed, by=by, by_proposer=by_proposer, why=why, at=now
    )
