"""Sessions whose attendance is taken, and the people at them."""

from datetime import UTC, datetime, timedelta

from accounts.models import User
from attendance.models import Attendance
from catalog.models import Meeting, Session
from registrations.models import Registration
from tests import cast

START = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def program(days: int = 3, **fields) -> Session:
    """Days of six hours each, the first on 8 December at 9:00 UTC."""
    meetings = [(START + DAY * day, START + DAY * day + 6 * HOUR, f"Day {day + 1}") for day in range(days)]
    return cast.session(meetings=meetings, **fields)


def meeting_of(session: Session, day: int = 1) -> Meeting:
    return session.meetings.order_by("starts_at")[day - 1]


def registered(session: Session, *people: User) -> list[Registration]:
    """Before it begins."""
    return [cast.register(session, person, now=START - 5 * DAY) for person in people or cast.people(3)]


def counted(meeting: Meeting) -> dict[int, tuple[str, str]]:
    """What counts: {registration: (state, source)}."""
    rows = Attendance.objects.counted().filter(meeting=meeting)
    return {row.registration_id: (row.state, row.source) for row in rows}
