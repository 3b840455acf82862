"""The hours of a session as its letters word them."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from catalog.models import Meeting, Session

from .. import clocks


@dataclass(frozen=True)
class MeetingInWords:
    when: clocks.Stretch
    title: str = ""


def meetings_in_words(
    session: Session, meetings: list[Meeting], reader: User, now: datetime
) -> list[MeetingInWords]:
    """The meetings; of a self-paced session its window, and where no meeting is set the whole."""
    stretches = [(m.starts_at, m.ends_at, m.title) for m in meetings] or [
        (session.starts_at, session.ends_at, "")
    ]
    clock, city = clock_of(session, reader), clocks.city_of(session)
    told = []
    for start, end, title in stretches:
        when = clocks.stretch(start, end, reader=clock, host=session.zone, city=city, now=now)
        # Whose clocks change matters to nobody who comes into the room.
        told.append(
            MeetingInWords(replace(when, clocks_change=when.clocks_change and not session.in_a_room), title)
        )
    return told


def to_come(session: Session, now: datetime) -> list[Meeting]:
    """The meetings that are not over; when all are, all."""
    meetings = list(session.meetings.all())
    return [meeting for meeting in meetings if meeting.ends_at > now] or meetings


def clock_of(session: Session, reader: User) -> ZoneInfo:
    """Whose clock tells the meetings: the reader's, with the host's beside it; in a room the room's alone."""
    return session.zone if session.in_a_room else reader.zone
