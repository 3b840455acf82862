from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from .. import errors, letters
from ..models import Proposal
from ..states import Mover, State
from .moving import lock, move


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, why: str = "", now: datetime | None = None) -> Proposal:
    """The one who proposed it takes it back; nobody reads on, and a decision that was prepared falls away."""
    held = lock(proposal)
    if held.person_id != by.pk:
        raise errors.NotYours
    if held.state == State.WITHDRAWN:
        return held
    now = now or timezone.now()
    held = move(proposal=held, to=State.WITHDRAWN, mover=Mover.PROPOSER, by=by, why=why, now=now)
    held.decisions.filter(released_at=None).delete()
    for person in letters.proposers(held):
        letters.withdrawn(held, person, now=now)
    return held
