"""Letting in who waits. Call it under the session's lock only."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from catalog.models import Session

from .. import letters
from ..holding import hold_until, who_could_be_let_in
from ..models import Registration
from ..waiting_list import still_takes_people_in
from .bulk import change_in_bulk
from .occupancy import Occupancy, occupancy_of, store_counts


def promote_waiting(session: Session, *, now: datetime) -> list[Registration]:
    """Let in the first in line as long as a place is free; write to them; count again. Answers who has a place now.

    For somebody whose membership nobody confirmed yet the place is held. Who has to be confirmed first is passed over.
    """
    occupancy = occupancy_of(session, now)
    let_in, held = next_in_line(session, occupancy, now)
    for registration in (*let_in, *held):
        registration.session = session
    change_in_bulk(let_in, state=Registration.State.CONFIRMED, confirmed_at=now)
    letters.promotions(let_in, now=now)
    hold(session, held, now=now)
    store_counts(
        session,
        taken=occupancy.taken + len(let_in) + len(held),
        waiting=occupancy.waiting - len(let_in) - len(held),
    )
    return let_in


def next_in_line(
    session: Session, occupancy: Occupancy, now: datetime
) -> tuple[list[Registration], list[Registration]]:
    """Who gets a place, and for whom one is held."""
    if not (occupancy.waiting and still_takes_people_in(session, now)):
        return [], []
    line = session.registrations.waiting().select_related("person__organization")
    members, claimed = who_could_be_let_in(line, session, now)
    let_in, held = set(members[: occupancy.places_left]), set(claimed[: occupancy.holds_left])
    ordered = sorted(let_in | held, key=lambda one: (one.queued_at, one.pk))[: occupancy.places_left]
    return [one for one in ordered if one in let_in], [one for one in ordered if one in held]


def hold(session: Session, registrations: Sequence[Registration], *, now: datetime) -> None:
    """Hold a place for each, for as long as there is time for it, and tell them until when."""
    together: dict[datetime | None, list[Registration]] = defaultdict(list)
    for registration in registrations:
        together[hold_until(session, now, before=registration.hold_until)].append(registration)
    for until, those in together.items():
        change_in_bulk(those, state=Registration.State.HELD, hold_until=until)
    letters.held(registrations, now=now)
