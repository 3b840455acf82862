"""Letting in who waits. Call it under the session's lock only."""

from datetime import datetime

from catalog.models import Session

from .. import letters
from ..models import Registration
from ..waiting_list import still_takes_people_in
from .bulk import change_in_bulk
from .occupancy import occupancy_of, store_counts


def promote_waiting(session: Session, *, now: datetime) -> list[Registration]:
    """Confirm the first in line as long as a place is free; write to them; count again. Answers who was let in."""
    occupancy = occupancy_of(session)
    promoted: list[Registration] = []
    if occupancy.waiting and still_takes_people_in(session, now):
        waiting = session.registrations.waiting().select_related("person")
        promoted = list(waiting if occupancy.places_left is None else waiting[: occupancy.places_left])
    for registration in promoted:
        registration.session = session
    change_in_bulk(promoted, state=Registration.State.CONFIRMED, confirmed_at=now)
    letters.promotions(promoted, now=now)
    store_counts(
        session,
        confirmed=occupancy.confirmed + len(promoted),
        waiting=occupancy.waiting - len(promoted),
    )
    return promoted
