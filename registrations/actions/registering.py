from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import give_consent
from accounts.models import Consent, User
from catalog.models import Session
from desk.audit import note as write_down
from membership.actions import claim

from .. import errors, letters
from ..consent import consent_wording
from ..eligibility import refusals, refusals_of_change
from ..entering import Entered
from ..holding import hold_until, is_confirmed, is_for_members
from ..models import Registration
from ..states import State
from ..waiting_list import position_in_line, still_takes_people_in
from . import lock
from .occupancy import Occupancy, occupancy_of, store_counts


@transaction.atomic
def register(
    *,
    session: Session,
    person: User,
    by: User,
    note: str = "",
    now: datetime | None = None,
    over_places: bool = False,
    ground: str = "",
    discloses: bool = True,
    why: str = "",
    let_in: str = "",
    entered: Entered | None = None,
    came_at: datetime | None = None,
) -> Registration:
    """Give the person a place, or a place in the waiting list when all are taken or others wait. Where places are for
    members it is held until somebody confirms that the person is of one.

    Asked again, it answers the same registration and writes no second letter. `over_places` lets staff give a place
    beyond the limit, past the waiting list, which shows in the registration; and the one that is held. Staff say on what
    `ground` they register somebody else, and whether the host knows who it is (`discloses`), as when they typed it. Who
    comes too early or too late is let in when staff say `why`: the history keeps it. Rooms above say in `let_in` what
    does instead of the word of staff, for those hours and beyond the places: that a guest was there, and staff said so at
    the door. Who was `entered` out of a list is told so in the letter. Who was moved keeps the place in line by when they
    `came_at` the other session.

    Raises a `registrations.errors.Refused` when the rules of `registrations.eligibility` say no, `StaffOnly`
    when someone else than staff asks for a place beyond the limit, `NobodyMovesUp` when all that is left is such a list.
    """
    session = lock.lock_session(session.pk)
    now = now or timezone.now()  # after the lock: this is the order of arrival
    person = lock_person(person)
    if is_for_members(session, now):
        claim(person=person, now=now)  # whom their address knows already need not wait for it
    if over_places and not (by.is_staff or let_in):
        raise errors.StaffOnly(session)
    registration = session.registrations.filter(person=person).first()
    was_waiting = registration is not None and registration.is_waiting
    was_held = registration is not None and registration.is_held
    may_improve = (was_held and (over_places or let_in)) or (was_waiting and over_places)
    if registration and registration.is_standing and not may_improve:
        registration.session, registration.person = session, person
        return registration
    # Who waits has passed the rules already; letting them in is possible as long as there is a session.
    keeps_out = refusals_of_change(session, now) if may_improve else refusals(session, person, now)
    went_past = []
    for refusal in keeps_out:
        if not (isinstance(refusal, errors.OutsideHours) and (let_in or (by.is_staff and why))):
            raise refusal
        went_past.append(refusal.went_past)

    registration = registration or Registration(session=session, person=person, registered_at=now)
    registration.session, registration.person = session, person
    occupancy = occupancy_of(session, now)
    said_by_staff = over_places or let_in or went_past
    has_word = bool(said_by_staff) or not is_for_members(session, now) or is_confirmed(person, now)
    seat = seat_for(registration, occupancy, has_word=has_word, over_places=over_places, now=now)
    if went_past and seat.state == State.WAITING and not still_takes_people_in(session, now):
        raise errors.NobodyMovesUp(session)
    if not may_improve:
        registration.ground, registration.discloses = ("", True) if by == person else (ground, discloses)
    take(seat, registration, occupancy, note=note, came_at=came_at, now=now)
    store_counts(
        session,
        taken=occupancy.taken + (not registration.is_waiting) - was_held,
        waiting=occupancy.waiting + registration.is_waiting - was_waiting,
    )
    if by == person:
        record_consent(registration, consent_wording(session), by=by, now=now)
    elif ground == Registration.Ground.ASKED:
        # Nobody consents for another: it says whose word it is, until the person's own takes its place (agreeing.py).
        said = _("Not clicked by the person: %(name)s wrote down that %(ground)s.") % {
            "name": by.name,
            "ground": Registration.Ground.ASKED.label,
        }
        record_consent(registration, f"{said} {consent_wording(session)}", by=by, now=now)
    for rule in went_past:
        write_down(registration, by=by, done=rule, why=why or let_in)
    if was_waiting and registration.is_confirmed and now < session.ends_at:
        letters.promotion(registration, now=now)
    else:
        in_line = registration.is_waiting and came_at
        position = position_in_line(registration) if in_line else occupancy.waiting + 1
        tell(registration, position=position, has_word=has_word, entered=entered, now=now)
    return registration


def tell(
    registration: Registration, *, position: int, has_word: bool, entered: Entered | None, now: datetime
) -> None:
    if registration.is_waiting:
        letters.waiting_list(registration, position=position, has_word=has_word, now=now, entered=entered)
    elif registration.is_held:
        letters.held([registration], now=now, entered=entered)
    else:
        letters.confirmation(registration, now=now, entered=entered)


def record_consent(registration: Registration, wording: str, *, by: User, now: datetime) -> None:
    give_consent(
        person=registration.person,
        kind=Consent.Kind.REGISTRATION,
        about=f"session {registration.session_id}",
        wording=wording,
        by=by,
        now=now,
    )


def lock_person(person: User) -> User:
    """The person as they are now. Locked, so that their account is not erased between our look and our writing."""
    return (
        User.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=person.pk)
    )


@dataclass(frozen=True)
class Seat:
    state: State
    over_places: bool = False
    hold_until: datetime | None = None


def seat_for(
    registration: Registration, occupancy: Occupancy, *, has_word: bool, over_places: bool, now: datetime
) -> Seat:
    """What there is for this person now. `has_word`: it is known that they may have a place."""
    lets_in = occupancy.lets_in_at_once
    if registration.is_held:  # it is the person's by the word of staff
        return Seat(State.CONFIRMED, hold_until=registration.hold_until)
    if has_word and (lets_in or over_places):
        return Seat(State.CONFIRMED, over_places=not lets_in and occupancy.places_left == 0)
    if lets_in and not has_word and occupancy.holds_left != 0:
        until = hold_until(registration.session, now, before=registration.hold_until)
        if until:
            return Seat(State.HELD, hold_until=until)
    return Seat(State.WAITING, hold_until=registration.hold_until)


def take(
    seat: Seat,
    registration: Registration,
    occupancy: Occupancy,
    *,
    note: str,
    came_at: datetime | None,
    now: datetime,
) -> None:
    """Write the row: new, or the person's earlier one, which then begins anew at the end of the line."""
    is_new, was_standing = registration.pk is None, registration.is_standing
    registration.state, registration.over_places = seat.state, seat.over_places
    registration.hold_until = seat.hold_until
    registration.confirmed_at = now if registration.is_confirmed else None
    if not was_standing:
        registration.queued_at = came_at or occupancy.arrival(now)
        registration.note = note
    registration.cancelled_at = registration.cancelled_by = None
    registration.cancelled_for = ""
    if not is_new:
        registration.sequence += 1
    registration.save()
