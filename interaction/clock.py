"""Until when people ask at a meeting, and until when what they asked is kept."""

from datetime import datetime, timedelta

from catalog.models import Meeting

# Asked, voted for and reported until so long after the meeting.
AFTER = timedelta(days=7)
# So long after the meeting what others never saw is kept, and after its decision a report.
KEPT = timedelta(days=183)


def closes_at(meeting: Meeting) -> datetime:
    return meeting.ends_at + AFTER


def is_open(meeting: Meeting, now: datetime) -> bool:
    """From the day the meeting is announced; its last moment is no longer part of it. Nothing is asked of what does not take
    place."""
    return not meeting.was_called_off and now < closes_at(meeting)


def is_on(meeting: Meeting, now: datetime) -> bool:
    return meeting.starts_at <= now < meeting.ends_at


def next_change(meeting: Meeting, now: datetime) -> datetime | None:
    """When pages about it say something else by the clock alone."""
    coming = [at for at in (meeting.starts_at, meeting.ends_at, closes_at(meeting)) if at > now]
    return min(coming, default=None)
