"""What a meeting platform tells of a meeting, written for everybody at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from auditlog.context import disable_auditlog

from accounts.models import User
from catalog.models import Meeting
from registrations.models import Registration

from .. import errors
from ..models import Attendance
from .doors import Door
from .noting import had_place, no_longer_guests
from .settling import settle

REPORT = Attendance.Source.REPORT


@dataclass(frozen=True)
class Told:
    """What the platform's reports say of one registration."""

    state: str
    minutes: int | None = None


def reported(meeting: Meeting) -> dict[int, Told]:
    """What attendance has from the platform's reports, by registration."""
    rows = meeting.attendance.filter(source=REPORT)
    return {row.registration_id: Told(row.state, row.minutes) for row in rows}


def write_reported(door: Door, told: Mapping[int, Told], *, by: User) -> int:
    """Under the session's lock, at an open list: from now on the platform's reports say what is `told` of each registration,
    and nothing of any other, in a few statements, however many they are. What others say stays beside it. Answers of how
    many they say another thing now.

    Who has no place and is not on the list is left out. Raises TooEarly.
    """
    if door.is_early:
        raise errors.TooEarly(door.meeting)
    before = reported(door.meeting)
    changed = {pk: one for pk, one in told.items() if before.get(pk) != one}
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
    gone = before.keys() - told.keys()
    write_rows(door, rows, gone)
    no_longer_guests(door, [row.registration for row in rows if row.state == Attendance.State.PRESENT])
    return len(rows) + len(gone)


def who_may_be_noted(door: Door, told: Mapping[int, Told]) -> dict[int, Registration]:
    """As `noting.write` asks it of one."""
    on_list = set(door.meeting.attendance.values_list("registration", flat=True))
    found = door.session.registrations.filter(pk__in=told).select_related("person")
    return {one.pk: one for one in found if one.pk in on_list or had_place(door, one)}


def write_rows(door: Door, rows: list[Attendance], gone: Collection[int]) -> None:
    """`gone` are numbers of registrations."""
    if not rows and not gone:
        return
    # The report's own entry in the history tells of them all.
    with disable_auditlog():
        door.meeting.attendance.filter(source=REPORT, registration__in=gone).delete()
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["registration", "meeting", "source"],
        update_fields=["state", "minutes", "noted_at", "noted_by"],
    )
    settle(door.meeting)
