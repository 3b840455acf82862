"""Until when a letter is of use (`useless_after`). Who words a letter says so; one that is too late for it is not sent."""

from datetime import datetime, timedelta

NEWS_LASTS = timedelta(days=2)
EVENT_LASTS = timedelta(days=1)  # after its end


def for_news(now: datetime) -> datetime:
    """For a letter without a moment of its own."""
    return now + NEWS_LASTS


def for_event(ends_at: datetime, now: datetime) -> datetime:
    """For a letter about an event that ends then. What is written after that is news."""
    lasts_until = ends_at + EVENT_LASTS
    return lasts_until if lasts_until > now else for_news(now)


def when_resent(before: datetime | None, now: datetime) -> datetime:
    """For a letter that staff send again: as before, or, when that is over, as long as news."""
    return before if before and before > now else for_news(now)
