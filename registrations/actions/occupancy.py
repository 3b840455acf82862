"""Counting the people at a session. Call these under the session's lock only."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from catalog.models import Session
from page_cache import new_edition

from ..holding import is_for_members, most_held, who_could_be_let_in
from ..models import Registration
from ..states import WITH_PLACE


@dataclass(frozen=True)
class Occupancy:
    """A session's people at this moment: counted from the rows, never remembered."""

    places: int | None
    taken: int
    held: int  # of those taken
    waiting: int
    stuck: int  # of those waiting: nobody has confirmed yet that they are of a member, and no place is held for them
    last_arrival: datetime | None

    @property
    def places_left(self) -> int | None:
        """None means no limit. Never below zero, also when staff let in more."""
        return None if self.places is None else max(0, self.places - self.taken)

    @property
    def holds_left(self) -> int | None:
        """How many more places may be held. None means no limit."""
        most = most_held(self.places)
        if most is None or self.places_left is None:
            return None
        return min(self.places_left, max(0, most - self.held))

    @property
    def lets_in_at_once(self) -> bool:
        """While anyone waits who could be let in, newcomers join the queue, also if a place should be free."""
        return self.waiting == self.stuck and self.places_left != 0

    def arrival(self, now: datetime) -> datetime:
        """`now`, but after everyone who came before: two machines' clocks may differ, the order does not."""
        if self.last_arrival and self.last_arrival >= now:
            return self.last_arrival + timedelta(microseconds=1)
        return now


def occupancy_of(session: Session, now: datetime) -> Occupancy:
    counts = session.registrations.aggregate(
        taken=Count("id", filter=Q(state__in=WITH_PLACE)),
        held=Count("id", filter=Q(state=Registration.State.HELD)),
        waiting=Count("id", filter=Q(state=Registration.State.WAITING)),
        last_arrival=Max("queued_at"),
    )
    occupancy = Occupancy(places=session.places, stuck=0, **counts)
    if not (occupancy.waiting and is_for_members(session, now)):
        return occupancy
    members, claimed = who_could_be_let_in(session.registrations.waiting(), session, now)
    next_ones = members.count() + (claimed.count() if occupancy.holds_left != 0 else 0)
    return replace(occupancy, stuck=occupancy.waiting - next_ones)


def store_counts(session: Session, *, taken: int, waiting: int) -> None:
    """Keep the counts with the session for lists to show. They decide nothing."""
    session.places_taken, session.waiting_count = taken, waiting
    Session.objects.filter(pk=session.pk).update(places_taken=taken, waiting_count=waiting)
    new_edition()
