"""Which of several sources' words counts."""

from django.db.models import Case, Value, When

from catalog.models import Meeting
from registrations.models import Registration

from ..models import Attendance
from ..models.attendance import AttendanceQuerySet

RANK = Case(*(When(source=source, then=Value(rank)) for rank, source in enumerate(Attendance.RANK)))


def settle(meeting: Meeting, registrations: list[Registration] | None = None) -> None:
    """Of each registration (of all, when none are given) the first source in `Attendance.RANK` counts at the meeting, and no
    other; a struck check-in never does. Call it under the session's lock, after rows came or went."""
    rows = meeting.attendance.all()
    if registrations is not None:
        rows = rows.filter(registration__in=registrations)
    first = first_of(rows)
    # In this order: the database takes no second row that counts.
    rows.filter(counts=True).exclude(pk__in=first).update(counts=False)
    rows.filter(counts=False, pk__in=first).update(counts=True)


def first_of(rows: AttendanceQuerySet) -> list[int]:
    ordered = rows.standing().order_by("registration_id", RANK)
    return list(ordered.distinct("registration_id").values_list("pk", flat=True))
