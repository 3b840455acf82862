"""Counting the people at a session and letting in who waits. Call these under the session's lock only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from catalog.models import Session
from page_cache import new_edition

from .. import letters
from ..models import Registration
from ..waiting_list import still_takes_people_in
from .bulk import change_in_bulk


@dataclass(frozen=True)
class Line:
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


def count(session: Session) -> Line:
    states = Registration.State
    counts = session.registrations.aggregate(
        confirmed=Count("id", filter=Q(state=states.CONFIRMED)),
        waiting=Count("id", filter=Q(state=states.WAITING)),
        last_arrival=Max("queued_at"),
    )
    return Line(places=session.places, **counts)


def let_in_who_waits(session: Session, *, now: datetime) -> list[Registration]:
    """Confirm the first in line as long as a place is free; write to them; count again. Answers who was let in."""
    line = count(session)
    promoted: list[Registration] = []
    if line.waiting and still_takes_people_in(session, now):
        waiting = session.registrations.waiting().select_related("person")
        promoted = list(waiting if line.places_left is None else waiting[: line.places_left])
    for registration in promoted:
        registration.session = session
    change_in_bulk(promoted, state=Registration.State.CONFIRMED, confirmed_at=now)
    letters.promotions(promoted, now=now)
    keep_counts(session, confirmed=line.confirmed + len(promoted), waiting=line.waiting - len(promoted))
    return promoted


def keep_counts(session: Session, *, confirmed: int, waiting: int) -> None:
    """Keep the counts with the session for lists to show. They decide nothing."""
    session.places_taken, session.waiting_count = confirmed, waiting
    Session.objects.filter(pk=session.pk).update(places_taken=confirmed, waiting_count=waiting)
    new_edition()
