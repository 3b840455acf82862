"""Reports of a meeting's call, as if they had been read from a file, and who was in them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from accounts.models import User
from attendance.models import Attendance
from catalog.models import Meeting, Session
from platform_reports import actions
from platform_reports.models import PlatformReport
from platform_reports.reading import Entry, Kind, Platform, Reading
from registrations.models import Registration
from tests import cast
from tests.attendance.making import START

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
END = START + HOUR
SEOUL = "Asia/Seoul"

# (name, e-mail, first minute, last minute), counted from the meeting's start; or without minutes, or with a length alone.
type Written = tuple[str | int | None, ...]


def webinar(**fields) -> Session:
    """One hour in the call."""
    return cast.session(meetings=[(START, END, "")], **fields)


def named(session: Session, *names: str, **fields) -> list[Registration]:
    """Registered before it begins."""
    return [
        cast.register(session, cast.person(name, **fields), now=START - timedelta(days=5)) for name in names
    ]


def joins(*written: Written, zone: str = SEOUL, start: datetime = START) -> Reading:
    """A report with times."""
    entries = [
        Entry(number, str(name), str(email), start + first * MINUTE, start + last * MINUTE)
        for number, (name, email, first, last) in enumerate(written, 2)
    ]
    clock = ZoneInfo(zone)
    days = tuple(sorted({one.joined.astimezone(clock).date() for one in entries}))
    return Reading(Platform.ZOOM, Kind.JOINS, "utf-8", clock, tuple(entries), has_times=True, days=days)


def lengths(*written: Written, zone: str = SEOUL) -> Reading:
    """A report without times. None is unknown."""
    entries = tuple(
        Entry(number, str(name), str(email), minutes=minutes)
        for number, (name, email, minutes) in enumerate(written, 2)
    )
    return Reading(Platform.ZOOM, Kind.LENGTHS, "utf-8", ZoneInfo(zone), entries)


def noted(meeting: Meeting, reading: Reading, *, by: User, **more) -> PlatformReport:
    return note(meeting, reading, by=by, **more).report


def note(meeting: Meeting, reading: Reading, *, by: User, **more) -> actions.Noted:
    """Another reading is another file, unless it says otherwise."""
    more.setdefault("sha256", sha256(repr(reading.entries).encode()).hexdigest())
    more.setdefault("now", meeting.ends_at)
    return actions.note_report(meeting=meeting, reading=reading, by=by, **more)


def told(meeting: Meeting) -> dict[int, tuple[str, int | None]]:
    """What the platform's reports say: {registration: (state, minutes)}."""
    rows = Attendance.objects.filter(meeting=meeting, source="report")
    return {row.registration_id: (row.state, row.minutes) for row in rows}


def hows(report: PlatformReport) -> list[str]:
    """How each trace was matched, in the order of the report; “aside” for who was set aside."""
    return [trace.how or ("aside" if trace.set_aside_at else "") for trace in report.traces.all()]


def numbers(rows: Iterable) -> list[int]:
    return [row.pk for row in rows]
