"""What a meeting platform tells of a meeting, written for everybody at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from auditlog.context import disable_auditlog
from django.db import transaction
from django.db.models.functions import Lower

from accounts.models import User
from catalog.models import Meeting
from registrations.models import Registration

from .. import errors
from ..models import Attendance, Guest
from .doors import Door, lock_open_list
from .noting import had_place
from .settling import settle

REPORT = Attendance.Source.REPORT


@dataclass(frozen=True)
class Told:
    """What the platform's reports say of one registration."""

    state: str
    minutes: int | None = None


@transaction.atomic
def note_reported(
    *, meeting: Meeting, told: Mapping[int, Told], by: User, now: datetime | None = None
) -> int:
    """From now on the platform's reports say what is `told` of each registration, and nothing of any other: in a few
    statements, however many they are. What others say stays beside it. Answers of how many they say another thing now.

    Who has no place and is not on the list is left out. Raises ListIsClosed, MeetingDidNotHappen, TooEarly.
    """
    door = lock_open_list(meeting, now)
    if door.is_early:
        raise errors.TooEarly(door.meeting)
    before = {row.registration_id: row for row in door.meeting.attendance.filter(source=REPORT)}
    changed = {pk: one for pk, one in told.items() if pk not in before or said_by(before[pk]) != one}
    expected = who_may_be_noted(door, changed)
    rows = [
        Attendance(
            registration=registration,
            meeting=door.meeting,
            source=REPORT,
            state=changed[pk].state,
            minutes=changed[pk].minutes,
            noted_at=door.now,
            noted_by=by,
        )
        for pk, registration in expected.items()
    ]
    gone = [row.pk for pk, row in before.items() if pk not in told]
    write_rows(door, rows, gone)
    are_no_guests(door, [row.registration for row in rows if row.state == Attendance.State.PRESENT])
    return len(rows) + len(gone)


def said_by(row: Attendance) -> Told:
    return Told(row.state, row.minutes)


def who_may_be_noted(door: Door, told: Mapping[int, Told]) -> dict[int, Registration]:
    """As `noting.write` asks it of one."""
    on_list = set(door.meeting.attendance.values_list("registration", flat=True))
    found = door.session.registrations.filter(pk__in=told).select_related("person")
    return {one.pk: one for one in found if one.pk in on_list or had_place(door, one)}


def write_rows(door: Door, rows: list[Attendance], gone: list[int]) -> None:
    if not rows and not gone:
        return
    # The report's own entry in the history tells of them all.
    with disable_auditlog():
        Attendance.objects.filter(pk__in=gone).delete()
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["registration", "meeting", "source"],
        update_fields=["state", "minutes", "noted_at", "noted_by"],
    )
    settle(door.meeting)


def are_no_guests(door: Door, present: list[Registration]) -> None:
    """As `noting.no_longer_a_guest`."""
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
