from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from accounts.models import User
from catalog.models import Meeting
from registrations.models import Registration

from .. import errors
from ..models import Attendance, Guest
from .doors import Door, lock_open_list
from .settling import settle


@transaction.atomic
def note(
    *,
    registration: Registration,
    meeting: Meeting,
    state: str,
    by: User,
    source: str = Attendance.Source.STAFF,
    minutes: int | None = None,
    words: str = "",
    now: datetime | None = None,
) -> Attendance:
    """Write down one source's word; what the same source said before gives way, what others say stays beside it.

    `state` is one of `Attendance.State`, `minutes` None where nobody measured. Excused may be known ahead; who is there is
    noted from two hours before the meeting on. Raises ListIsClosed, MeetingDidNotHappen, TooEarly, and HasNoPlace for who is
    neither confirmed nor on the list already, CheckInIsStruck for a check-in that staff struck.
    """
    door = lock_open_list(meeting, now)
    return write(door, registration, state=state, by=by, source=source, minutes=minutes, words=words)


@transaction.atomic
def clear(
    *,
    registration: Registration,
    meeting: Meeting,
    by: User,
    source: str = Attendance.Source.STAFF,
    now: datetime | None = None,
) -> bool:
    """Take one source's word back: what another says counts again, else nothing is known. Answers whether there was one.

    Raises ListIsClosed, MeetingDidNotHappen.
    """
    door = lock_open_list(meeting, now)
    return take_back(door, registration, source=source)


def write(
    door: Door,
    registration: Registration,
    *,
    state: str,
    by: User,
    source: str,
    minutes: int | None = None,
    words: str = "",
    at: datetime | None = None,
) -> Attendance:
    """Under the session's lock, at an open list. `at` where it was known before now."""
    row = row_of(door, registration, source=source)
    registration = door.session.registrations.get(pk=registration.pk)
    if row and row.struck_at:
        raise errors.CheckInIsStruck(door.meeting)
    if row is None and not had_place(door, registration) and not is_on_the_list(door, registration):
        raise errors.HasNoPlace(door.meeting)
    if state != Attendance.State.EXCUSED and door.is_early:
        raise errors.TooEarly(door.meeting)
    row = row or Attendance(registration=registration, meeting=door.meeting, source=source)
    row.state, row.minutes, row.words = state, minutes, words
    row.noted_at, row.noted_by = at or door.now, by
    row.save()
    if state == Attendance.State.PRESENT:
        no_longer_guests(door, [registration])
    settle(door.meeting, [registration])
    row.refresh_from_db(fields=["counts"])
    return row


def take_back(door: Door, registration: Registration, *, source: str) -> bool:
    """Under the session's lock, at an open list."""
    row = row_of(door, registration, source=source)
    if row is None or row.struck_at:  # a struck check-in is kept
        return False
    row.delete()
    settle(door.meeting, [registration])
    return True


def no_longer_guests(door: Door, present: list[Registration]) -> None:
    """Who was typed at the door and registered since is not counted twice."""
    by_email = {one.person.email.lower(): one for one in present}
    guests = list(
        door.meeting.guests.filter(registration=None)
        .annotate(lower=Lower("email"))
        .filter(lower__in=by_email)
    )
    for guest in guests:
        guest.registration, guest.confirmed_at = by_email[guest.email.lower()], door.now
        guest.name = guest.email = ""
    Guest.objects.bulk_update(guests, ["registration", "confirmed_at", "name", "email"])


def row_of(door: Door, registration: Registration, *, source: str) -> Attendance | None:
    return door.meeting.attendance.filter(registration=registration, source=source).first()


def had_place(door: Door, registration: Registration) -> bool:
    """Has one, or gave it back after the meeting had begun."""
    left = registration.confirmed_at and registration.cancelled_at
    return registration.is_confirmed or bool(left and left > door.meeting.starts_at)


def is_on_the_list(door: Door, registration: Registration) -> bool:
    return door.meeting.attendance.standing().filter(registration=registration).exists()
