"""Counting the people at a session. Call these under the session's lock only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from catalog.models import Session
from page_cache import new_edition

from ..models import Registration


@dataclass(frozen=True)
class Occupancy:
    """A session's people at this moment: counted from the rows, never remembered."""

    places: int | None
    confirmed: int
    waiting: int
    last_arrival: datetime | None

    @property
    def places_left(self) -> int | None:
        """None means no limit. Never below zero, also when staff let in more."""
        return None if self.places is None else max(0, self.places - self.confirmed)

    @property
    def lets_in_at_once(self) -> bool:
        """While anyone waits, newcomers join the queue, also if a place should be free."""
        return self.waiting == 0 and self.places_left != 0

    def arrival(self, now: datetime) -> datetime:
        """`now`, but after everyone who came before: two machines' clocks may differ, the order does not."""
        if self.last_arrival and self.last_arrival >= now:
            return self.last_arrival + timedelta(microseconds=1)
        return now


def occupancy_of(session: Session) -> Occupancy:
    states = Registration.State
    counts = session.registrations.aggregate(
        confirmed=Count("id", filter=Q(state=states.CONFIRMED)),
        waiting=Count("id", filter=Q(state=states.WAITING)),
        last_arrival=Max("queued_at"),
    )
    return Occupancy(places=session.places, **counts)


def store_counts(session: Session, *, confirmed: int, waiting: int) -> None:
    """Keep the counts with the session for lists to show. They decide nothing."""
    session.places_taken, session.waiting_count = confirmed, waiting
    Session.objects.filter(pk=session.pk).update(places_taken=confirmed, waiting_count=waiting)
    new_edition()
