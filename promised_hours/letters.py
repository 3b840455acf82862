"""The hour on the host's clock stays, and somebody else's own is another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from accounts.models import User
from calendars.entries import REQUEST
from catalog.models import Meeting, Session
from registrations import clocks
from registrations.letters.meetings import MeetingInWords
from registrations.letters.writing import write_to_all
from registrations.models import Registration


@dataclass(frozen=True)
class MovedHours:
    """A meeting, or the window of a self-paced session, whose hours a new table of time zones puts elsewhere in UTC."""

    was: Meeting | Session  # as it was
    then: tuple[datetime, datetime]  # when it begins and ends now
    hosts_clock: tzinfo  # by which it was told

    @property
    def title(self) -> str:
        return self.was.title if isinstance(self.was, Meeting) else ""


def clocks_changed(
    registrations: Sequence[Registration],
    *,
    hours: Sequence[MovedHours],
    clock_before: Callable[[User], tzinfo],
    now: datetime,
) -> int:
    """To those whose own hour changes while the host's stays. `clock_before` answers by which clock a reader was told.

    Answers how many were written.
    """

    def changes(registration: Registration) -> dict[str, object]:
        session, reader = registration.session, registration.person
        city, before = clocks.city_of(session), clock_before(reader)

        def told(start: datetime, end: datetime, clock: tzinfo, host: tzinfo, title: str) -> MeetingInWords:
            when = clocks.stretch(start, end, reader=clock, host=host, city=city, now=now)
            return MeetingInWords(when, title)

        return {
            "city": city,
            "old": [
                told(hour.was.starts_at, hour.was.ends_at, before, hour.hosts_clock, hour.title)
                for hour in hours
            ],
            "new": [told(*hour.then, reader.zone, session.zone, hour.title) for hour in hours],
        }

    # Of the same kind as any other move: whoever was told of it is not reminded of the old hour.
    return write_to_all(
        "session_changed",
        registrations,
        now=now,
        calendar=REQUEST,
        more=changes,
        template="clocks_changed",
    )
