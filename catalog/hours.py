"""When a session meets. A series is its meetings, not the weeks from the first to the last.

What is asked here is asked of a session, or of a row of a list that knows the same. No database is asked, unless a
session's meetings were not fetched with it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

type Hours = tuple[datetime, datetime]  # from, to


class Meets(Protocol):
    """`hours` are those of each meeting in the order of time; where no meeting is set, the whole is one."""

    @property
    def self_paced(self) -> bool: ...
    @property
    def hours(self) -> Sequence[Hours]: ...


def next_hours(session: Meets, now: datetime) -> Hours | None:
    """Those of the meeting that takes place now, else of the next one; None after the last.

    What is learned at one's own pace has its window.
    """
    return next(((start, end) for start, end in session.hours if end > now), None)


def runs(session: Meets, now: datetime) -> bool:
    """Whether a meeting takes place now."""
    coming = next_hours(session, now)
    return not session.self_paced and coming is not None and coming[0] <= now


def is_series(session: Meets) -> bool:
    return len(session.hours) > 1
