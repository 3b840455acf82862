"""What a person is told of their own attendance, meeting by meeting: what is decided, what is late, what is not known."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Meeting
from registrations.models import Registration

from .expected import is_expected, is_late
from .models import Attendance, Closing, Correction
from .models.attendance import AttendanceQuerySet


@dataclass(frozen=True)
class Line:
    """One meeting that is over. `state` is present, excused or absent once the list is closed; before that "" but for who is
    noted as present or excused; "not_taken" where nobody took attendance, "late" where the list should be closed."""

    meeting: Meeting
    state: str
    is_closed: bool
    minutes: int | None = None
    correction: Correction | None = None
    may_ask: bool = False
    struck: bool = False  # the person's check-in, by staff

    @property
    def words(self) -> str:
        match self.state:
            case Attendance.State.PRESENT:
                return _("present") if self.is_closed else _("noted as present")
            case Attendance.State.EXCUSED:
                return _("excused")
            case Attendance.State.ABSENT:
                return _("absent")
            case "not_taken":
                return _("attendance was not taken")
            case "late":
                return _("not recorded yet: the host is late with it")
        return _("not recorded yet")


def own_attendance(registration: Registration, now: datetime) -> list[Line]:
    """Of each meeting that is over and that the person could be at: in three queries."""
    meetings = [
        meeting
        for meeting in registration.session.meetings.all()
        if meeting.ends_at <= now and is_expected(registration, meeting)
    ]
    if not meetings:
        return []
    prefetch_related_objects(meetings, "closings")
    rows, struck = {}, set()
    for row in told(registration, meetings):
        if row.struck_at:
            struck.add(row.meeting_id)
        else:
            rows[row.meeting_id] = row
    asked: dict[int, Correction] = {}
    for correction in registration.corrections.filter(meeting__in=meetings).order_by("asked_at", "pk"):
        asked[correction.meeting_id] = correction
    lines = [
        line(meeting, rows.get(meeting.pk), asked.get(meeting.pk), now, struck=meeting.pk in struck)
        for meeting in meetings
    ]
    # Of who was cancelled only what is known is told.
    return [one for one in lines if registration.is_confirmed or one.meeting.pk in rows]


def line_of(registration: Registration, meeting: Meeting) -> Line:
    """Of one meeting, also where nothing is known of the person."""
    rows = list(told(registration, [meeting]))
    row = next((row for row in rows if not row.struck_at), None)
    asked = registration.corrections.filter(meeting=meeting).last()
    return line(meeting, row, asked, timezone.now(), struck=any(row.struck_at for row in rows))


def told(registration: Registration, meetings: list[Meeting]) -> AttendanceQuerySet:
    """What counts, and the person's own check-ins that staff struck."""
    rows = Attendance.objects.filter(registration=registration, meeting__in=meetings)
    return rows.filter(Q(counts=True) | Q(struck_at__isnull=False))


def line(
    meeting: Meeting, row: Attendance | None, asked: Correction | None, now: datetime, *, struck: bool = False
) -> Line:
    closing = standing(meeting)
    waits = asked is not None and asked.answered_at is None
    if closing and not closing.taken:
        return Line(meeting, "not_taken", True)
    if closing:
        return Line(
            meeting,
            row.state if row else "",
            True,
            minutes=row.minutes if row else None,
            correction=asked,
            may_ask=not waits,
            struck=struck,
        )
    # Never absent before the list is closed, whoever says so.
    known = row.state if row and row.state != Attendance.State.ABSENT else ""
    late = "late" if is_late(meeting, now) else ""
    return Line(meeting, known or late, False, correction=asked, struck=struck)


def standing(meeting: Meeting) -> Closing | None:
    return next((closing for closing in meeting.closings.all() if closing.opened_at is None), None)
