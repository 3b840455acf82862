"""A platform's report of a call, as staff left it: some people are found, one is set aside, some are still to decide."""

from datetime import datetime, timedelta
from hashlib import sha256

from accounts.models import User
from catalog.models import Session
from platform_reports.actions import note_report
from platform_reports.decisions import ASIDE
from platform_reports.reading import read

from .platform_files import zoom

REPORTED_AFTER = timedelta(hours=3)


def report(session: Session, *, by: User, now: datetime) -> None:
    for meeting in session.meetings.filter(ends_at__lte=now - REPORTED_AFTER):
        meeting.session = session
        content = zoom(meeting)
        reading = read(content, starts_at=meeting.starts_at, ends_at=meeting.ends_at, zone=session.zone)
        room = next(entry.line for entry in reading.entries if entry.name == "Meeting room 2")
        note_report(
            meeting=meeting,
            reading=reading,
            sha256=sha256(content).hexdigest(),
            file_name=f"participants_{meeting.pk:011}.csv",
            present_from=5,
            decisions={room: ASIDE},
            by=by,
            now=meeting.ends_at + REPORTED_AFTER,
        )
