"""When a session takes place so many days later.

What is promised is the hour on the host's clock, so that is what moves. The moment in UTC follows by the table of zones of
today: a summer time that begins, ends or is given up in between changes it, and not the hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.errors import MeetingsOverlap
from catalog.models import Meeting, Session
from catalog.models.promised import still_counts
from desk.clock import in_zone
from desk.years import validate_year

# Of 52 weeks: so the weekdays stay.
YEAR = timedelta(weeks=52)
REGISTRATION_HOURS = ("registration_opens_at", "members_first_until", "registration_closes_at")

type Hours = tuple[datetime, datetime]


@dataclass(frozen=True)
class MovedHours:
    """Of one meeting; where none is set, and at one's own pace, of the whole."""

    row: Session | Meeting
    was: Hours  # as it was promised on the host's clock; without a zone
    becomes: Hours | None  # the moments; None where the clocks never show that hour

    @property
    def lasts_otherwise(self) -> bool:
        """Because the clocks change meanwhile."""
        return (
            self.becomes is not None
            and self.becomes[1] - self.becomes[0] != self.row.ends_at - self.row.starts_at
        )


@dataclass(frozen=True)
class MovedSession:
    session: Session
    hours: Sequence[MovedHours]
    problem: str = ""  # why it cannot take place then

    @property
    def times(self) -> Hours:
        known = [moved.becomes for moved in self.hours if moved.becomes]
        return known[0][0], known[-1][1]


def moved_session(session: Session, span: timedelta, *, now: datetime) -> MovedSession:
    """`session` has its meetings in hand."""
    rows: list[Session | Meeting] = [] if session.self_paced else list(session.meetings.all())
    hours, problem = [], ""
    for row in rows or [session]:
        try:
            hours.append(moved_hours(row, span, session.zone))
        except ValidationError as error:
            hours.append(MovedHours(row, hours_of(row), None))
            problem = problem or " ".join(error.messages)
    return MovedSession(session, hours, problem or problem_with(hours, now))


def problem_with(hours: Sequence[MovedHours], now: datetime) -> str:
    times = [moved.becomes for moved in hours if moved.becomes]
    if times[-1][1] <= now:
        return _("It would be over already.")
    if any(later[0] < earlier[1] for earlier, later in pairwise(times)):
        return MeetingsOverlap().sentence
    return ""


def moved_hours(row: Session | Meeting, span: timedelta, zone: ZoneInfo) -> MovedHours:
    """Raises ValidationError where the clocks never show one of them."""
    start, end = was = hours_of(row)
    starts_at, ends_at = moment(start + span, zone), moment(end + span, zone)
    if ends_at <= starts_at:  # in the night in which the clocks were put back
        ends_at = starts_at + (row.ends_at - row.starts_at)
    return MovedHours(row, was, (starts_at, ends_at))


def moment(wall: datetime, zone: ZoneInfo) -> datetime:
    validate_year(wall)
    return in_zone(wall, zone)


def registration_hours(session: Session, span: timedelta) -> dict[str, datetime | None]:
    """As far from the start as they were. What would fall into an hour that the clocks leave out comes after it."""
    moved: dict[str, datetime | None] = {
        name: (hour_of(session, name) + span).replace(tzinfo=session.zone) if getattr(session, name) else None
        for name in REGISTRATION_HOURS
    }
    opens, closes = moved["registration_opens_at"], moved["registration_closes_at"]
    if opens and closes and closes.timestamp() <= opens.timestamp():
        moved["registration_opens_at"] = None
    return moved


def hours_of(row: Session | Meeting) -> Hours:
    return hour_of(row, "starts_at"), hour_of(row, "ends_at")


def hour_of(row: Session | Meeting, name: str) -> datetime:
    """On the host's clock, without a zone: as it was promised, where the row says so; a newer table changes none of that."""
    at: datetime = getattr(row, name)
    known = row.promised.get(name)
    if known and known["table"] and still_counts(known, at, row.promised_in):
        return datetime.fromisoformat(known["local"]).replace(tzinfo=None)
    return at.astimezone(ZoneInfo(row.promised_in)).replace(tzinfo=None)


# What is proposed


def proposed_span(sessions: Sequence[Session], *, now: datetime) -> timedelta:
    """A year; more where the last of them would be over by then."""
    last = max((session.ends_at for session in sessions if not session.is_cancelled), default=now)
    span = YEAR
    while last + span <= now:
        span += YEAR
    return span


def span_to(first_day: date, sessions: Sequence[Session]) -> timedelta:
    """With which the first of them begins on that day."""
    return first_day - min(hour_of(session, "starts_at").date() for session in sessions)
