"""Which meeting a code opens, and which meetings a person may check in to now or next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from catalog.models import Meeting
from registrations import clocks
from registrations.models import Registration

from ..expected import EARLY
from ..models import Attendance
from . import codes, hours
from .deciding import check_in_of

# How far ahead a person is told of what comes next, and how many lines.
AHEAD, SHOWN = timedelta(days=7), 5


def meeting_of(code: str, person: User | None, now: datetime) -> Meeting | None:
    """One whose screen may be shown now, or was until just now, so that who comes as it ends is told that it is over. Where
    two meetings had the same code by chance it is the one at which the person has a place."""
    found = [
        meeting
        for meeting in Meeting.objects.filter(
            starts_at__lte=now + EARLY, ends_at__gt=now - 2 * codes.STEP
        ).select_related("session__activity__host")
        if codes.opens(code, meeting.pk, now)
    ]
    if len(found) > 1 and person:
        own = person.registrations.confirmed().values_list("session", flat=True)
        found.sort(key=lambda meeting: meeting.session_id not in own)
    return found[0] if found else None


@dataclass(frozen=True)
class Mine:
    """A meeting of somebody with a place, and what they can do there now."""

    meeting: Meeting
    registration: Registration
    now: datetime
    row: Attendance | None  # their check-in

    @property
    def is_open(self) -> bool:
        return hours.is_open(self.meeting, self.now)

    @property
    def opens(self) -> str:
        """On the reader's clock, with the host's beside it."""
        return clocks.moment(hours.opens_at(self.meeting), self.meeting.session)

    @property
    def place(self) -> str:
        return clocks.city_of(self.meeting.session)

    @property
    def checked_in_at(self) -> datetime | None:
        return self.row.noted_at if self.row and not self.row.struck_at else None

    @property
    def is_to_do(self) -> bool:
        return self.is_open and self.row is None

    @property
    def is_struck(self) -> bool:
        return bool(self.row and self.row.struck_at)


def mine(person: User, now: datetime, *, ahead: timedelta = AHEAD) -> list[Mine]:
    """Those at which the person can check in now; else the next one, of the days to come. In three queries."""
    registrations = {
        registration.session_id: registration
        for registration in person.registrations.confirmed().filter(
            session__cancelled_at=None,
            session__meetings__ends_at__gt=now,
            session__meetings__starts_at__lte=now + ahead,
        )
    }
    meetings = (
        Meeting.objects.filter(session__in=registrations, ends_at__gt=now, starts_at__lte=now + ahead)
        .select_related("session__activity__host")
        .order_by("starts_at", "pk")
    )
    on = [meeting for meeting in meetings if hours.is_open(meeting, now)]
    found = on[:SHOWN] or list(meetings)[:1]
    rows = {
        row.meeting_id: row
        for row in Attendance.objects.filter(
            registration__person=person, meeting__in=found, source=Attendance.Source.CHECK_IN
        )
    }
    return [Mine(meeting, registrations[meeting.session_id], now, rows.get(meeting.pk)) for meeting in found]


def on_now(registration: Registration, now: datetime) -> Mine | None:
    """The meeting of a registration with a place to which its person can check in now."""
    session = registration.session
    if not registration.is_confirmed or session.is_cancelled:
        return None
    for meeting in session.meetings.all():
        if hours.is_open(meeting, now):
            return Mine(meeting, registration, now, check_in_of(registration, meeting))
    return None
