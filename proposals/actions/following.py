from datetime import datetime

from django.db import transaction
from django.utils import timezone

from .. import letters
from ..models import Proposal
from ..states import Mover, State
from .moving import lock, move


def follow(*, now: datetime | None = None) -> int:
    """Accepted proposals whose activity is published now have become one; their proposers are told. Answers how many."""
    now = now or timezone.now()
    published = Proposal.objects.filter(
        state=State.ACCEPTED,
        activity__published_at__isnull=False,
        activity__withdrawn_at__isnull=True,
    )
    return sum(follow_one(proposal, now=now) for proposal in published.order_by("pk"))


@transaction.atomic
def follow_one(proposal: Proposal, *, now: datetime) -> bool:
    locked = lock(proposal)
    if locked.state != State.ACCEPTED:  # another worker was here first
        return False
    locked = move(proposal=locked, to=State.BECAME_ACTIVITY, mover=Mover.STATION, by=None, now=now)
    for person in letters.proposers(locked):
        letters.published(locked, person, now=now)
    return True
