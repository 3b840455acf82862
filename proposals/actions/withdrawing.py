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
    locked = lock(proposal)
    if locked.person_id != by.pk:
        raise errors.NotYours
    if locked.state == State.WITHDRAWN:
        return locked
    now = now or timezone.now()
    locked = move(proposal=locked, to=State.WITHDRAWN, mover=Mover.PROPOSER, by=by, why=why, now=now)
    locked.decisions.filter(released_at=None).delete()
    for person in letters.proposers(locked):
        letters.withdrawn(locked, person, now=now)
    return locked
