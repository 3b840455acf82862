"""What becomes of the registrations of two people who are merged. There is one for one person and session: where both have
one, the better place stays, and the other ends without a letter. Who waits gets the place that becomes free."""

from copy import copy
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forgetting import ChangedMeanwhile
from accounts.models import User
from catalog.models import Session
from merging.models import Merge, MovedRow
from merging.moving import Moving, Undoing, as_json, column, type_of
from merging.parts import Line, Part
from outbox.actions import stop_all
from outbox.models import Letter
from registrations.actions.lock import ALL_OF_IT
from registrations.actions.occupancy import occupancy_of
from registrations.actions.promoting import promote_waiting
from registrations.models import Invitation, Registration
from registrations.waiting_list import still_takes_people_in

from .pairs import PLACE, Pair, pairs_of, sessions_to_lock

# Letters that tell of the place itself. One that waits would tell of a place that the person does not have.
OF_PLACES = ("confirmation", "held", "hold_lapsed", "waiting_list", "promotion", "cancellation")


def outlook(kept: User, gone: User) -> list[Line]:
    pairs = pairs_of(kept, gone)
    alone = gone.registrations.count() - len(pairs)
    lines = [Line(_("registrations"), alone)]
    lines += [Line(words(pair)) for pair in pairs]
    moves_up = _("Who is next in line for %(session)s gets the place that becomes free, and is written to.")
    lines += [
        Line(str(moves_up) % {"session": pair.stays.session})
        for pair in pairs
        if pair.seats == 2
        and pair.stays.session.waiting_count
        and still_takes_people_in(pair.stays.session, timezone.now())
    ]
    return lines


def words(pair: Pair) -> str:
    """Of one session for which both are registered."""
    session, better, other = pair.stays.session, *((pair.goes, pair.stays) if pair.better_goes else pair)
    facts = {
        "session": str(session),
        "better": better.get_state_display(),
        "other": other.get_state_display(),
    }
    return str(_("Twice for %(session)s: “%(better)s” stays, “%(other)s” ends.") % facts)


def lock_sessions(kept: User, gone: User) -> None:
    """In the order of their numbers, before the people, as everywhere."""
    locked(sessions_to_lock(kept, gone))


def locked(numbers: set[int], *, waiting: bool = True) -> dict[int, Session]:
    rows = Session.objects.select_for_update(of=("self",), no_key=True, skip_locked=not waiting)
    found = rows.prefetch_related(*ALL_OF_IT).filter(pk__in=numbers).order_by("pk")
    return {session.pk: session for session in found}


def sessions_now(kept: User, gone: User) -> dict[int, Session]:
    """Of people who are locked by now, so that they are registered for no other meanwhile. Raises ChangedMeanwhile where
    somebody else holds one: for whom we wait with the people locked might wait for us."""
    numbers = sessions_to_lock(kept, gone)
    sessions = locked(numbers, waiting=False)
    if numbers - sessions.keys():
        raise ChangedMeanwhile
    return sessions


def move(moving: Moving[User]) -> None:
    kept, gone = moving.kept, moving.gone
    sessions = sessions_now(kept, gone)
    pairs = pairs_of(kept, gone)
    moving.move_rows(
        gone.registrations.exclude(session__in=[pair.stays.session_id for pair in pairs]), "person"
    )
    for pair in pairs:
        join(moving, pair, sessions[pair.stays.session_id])


def join(moving: Moving[User], pair: Pair, session: Session) -> None:
    """One place is left of two. Call it under the session's lock."""
    if not pair.goes.is_standing:
        return
    before = copy(pair.stays), copy(pair.goes)
    # Nobody is told to a host who did not agree to it by both.
    discloses = all(one.discloses for one in pair if one.is_standing)
    if pair.better_goes:
        note = pair.goes.note or pair.stays.note
        for name in PLACE:
            setattr(pair.stays, name, getattr(pair.goes, name))
        pair.stays.note = note
    pair.stays.discloses = discloses
    if pair.stays.is_waiting:  # a place is held once, also for one person of two accounts
        pair.stays.hold_until = min((one.hold_until for one in before if one.hold_until), default=None)
    pair.goes.state = Registration.State.CANCELLED
    pair.goes.cancelled_at, pair.goes.cancelled_by = moving.now, moving.by
    pair.goes.cancelled_for = Registration.CancelledFor.MERGED
    write(before, pair)
    for old, new in zip(before, pair, strict=True):
        for name in PLACE:
            if getattr(old, name) != getattr(new, name):
                moving.remember([(old, new)], name)
    stop_what_is_told_twice(pair, by=moving.by, now=moving.now)
    promote_waiting(session, now=moving.now)


def write(before: tuple[Registration, Registration], pair: Pair) -> None:
    """Calendars follow whichever of the two they know: the one number is above both."""
    sequence = max(one.sequence for one in before) + 1
    for registration in pair:
        registration.sequence = sequence
        registration.save(update_fields=[*PLACE, "sequence"])


def stop_what_is_told_twice(pair: Pair, *, by: User, now: datetime) -> None:
    """A letter that waits and of which the other registration has the like, or that tells of the place that is no more."""
    of_goes, of_stays = Letter.objects.about(pair.goes), Letter.objects.about(pair.stays)
    twice = of_goes.filter(kind__in=of_stays.values("kind")) | of_goes.filter(kind__in=OF_PLACES)
    stop_all(letters=twice, by=by, now=now)


def give_back(undoing: Undoing[User]) -> None:
    """Each pair as a whole or not at all: never one seat more than there are."""
    type_ = type_of(Registration())
    ours = [row for row in undoing.moved if row.content_type_id == type_.pk and row.field != "person"]
    if not ours:
        return
    undoing.moved[:] = [row for row in undoing.moved if row not in ours]
    sessions = sessions_now(undoing.kept, undoing.gone)
    for pair in pairs_of(undoing.kept, undoing.gone):
        numbers = {str(one.pk) for one in pair}
        rows = [row for row in ours if row.object_pk in numbers]
        if rows and not part_again(pair, rows, sessions[pair.stays.session_id], now=undoing.now):
            undoing.left += rows
        ours = [row for row in ours if row not in rows]
    undoing.left += ours


def part_again(pair: Pair, rows: list[MovedRow], session: Session, *, now: datetime) -> bool:
    """Whether the two have their places again."""
    by_pk = {str(one.pk): one for one in pair}
    if any(as_json(by_pk[row.object_pk], row.field) != row.after for row in rows):
        return False
    seats, before = pair.seats, (copy(pair.stays), copy(pair.goes))
    for row in rows:
        registration = by_pk[row.object_pk]
        name = column(registration, row.field)
        setattr(registration, name.attname, name.to_python(row.before))
    if session.is_cancelled or (pair.seats > seats and not has_a_seat_left(session, now)):
        return False
    write(before, pair)
    promote_waiting(session, now=now)
    return True


def met(merge: Merge, later: Merge) -> bool:
    """Whether the one that went later was registered for a session for which the earlier brought a registration along."""
    brought = merge.moved.filter(content_type=type_of(Registration()), field="person")
    numbers = [int(pk) for pk in brought.values_list("object_pk", flat=True)]
    sessions = Registration.objects.filter(pk__in=numbers).values("session")
    return Registration.objects.filter(person=later.gone_person_id, session__in=sessions).exists()


def has_a_seat_left(session: Session, now: datetime) -> bool:
    """Whether one more can have a place without taking anybody's."""
    occupancy = occupancy_of(session, now)
    return occupancy.lets_in_at_once or (
        occupancy.places_left != 0 and not still_takes_people_in(session, now)
    )


OF_REGISTRATIONS = Part(
    covers=(Registration,),
    outlook=outlook,
    lock=lock_sessions,
    move=move,
    give_back=give_back,
    met=met,
)
OF_INVITATIONS: Part[User] = Part(
    covers=(Invitation,),
    not_moved=_("Invitations stay as they were sent: the address of each leads to the account that stays."),
)
