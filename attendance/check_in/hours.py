"""When the screen of a meeting may be shown, and when people may check in."""

from datetime import datetime, timedelta

from catalog.models import Meeting

# People check in from so long before a meeting; its screen can be set up from `expected.noted_from` on.
OPENS_BEFORE = timedelta(minutes=15)


def opens_at(meeting: Meeting) -> datetime:
    return meeting.starts_at - OPENS_BEFORE


def is_open(meeting: Meeting, at: datetime) -> bool:
    """To its end, which is no longer part of it."""
    return opens_at(meeting) <= at < meeting.ends_at


def moment_that_counts(meeting: Meeting, *, seen_at: datetime, now: datetime) -> datetime:
    """Who saw the code in time was there then, however long signing in took. Who saw it too early counts as of now."""
    return seen_at if seen_at >= opens_at(meeting) else now
