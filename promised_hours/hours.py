"""Which hours of a session a new table of time zones makes fall on other moments.

What was promised is the hour on the host's clock: it stays, and the moment in UTC follows it. Hours that have come are left
as they were.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from datetime import timezone as fixed_offset
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import User
from accounts.older_table import OlderTable
from accounts.zones import current_name
from catalog.models import Meeting, Session
from catalog.models.promised import Promise, still_counts
from desk.clock import in_zone

type Row = Session | Meeting


class HoursNeedAPerson(Exception):
    """The promised hours of a session cannot simply be kept: somebody has to reschedule it. Says why."""


@dataclass(frozen=True)
class Hour:
    """One promised hour: when it was to be, and when it is by the table of today."""

    row: Row
    name: str  # of the row's column
    local: datetime  # on the host's clock, as promised; without a zone
    was: datetime
    becomes: datetime | None  # None when the clocks never show it any more

    @property
    def moves(self) -> bool:
        return self.becomes != self.was

    @property
    def clock_before(self) -> tzinfo:
        """What the host's clock was taken to be."""
        return fixed_offset(self.local - wall_time(self.was, UTC))

    @property
    def table(self) -> str:
        """Of which it was told; empty where the row does not say."""
        known = self.row.promised.get(self.name)
        counts = known and still_counts(known, self.was, self.row.promised_in)
        return known["table"] if counts else ""


@dataclass
class Outcome:
    """What the table of today makes of one session."""

    session: Session
    older: OlderTable | None
    hours: list[Hour] = field(default_factory=list)  # those whose promise is known, whether or not they move
    unknown: list[tuple[Row, str]] = field(default_factory=list)  # told by no known table

    @property
    def moving(self) -> list[Hour]:
        return [hour for hour in self.hours if hour.moves]

    @property
    def made_known(self) -> bool:
        """Whether an hour that no known table told is told by the older table."""
        return any(not hour.table for hour in self.hours)

    @property
    def takes_place_otherwise(self) -> bool:
        """Whether more moves than the hours of registration: what calendars follow."""
        return any(hour.name in Meeting.PROMISED for hour in self.moving)

    def becomes(self, row: Row, name: str) -> datetime:
        """The moment by the table of today; as it is where nothing moves it."""
        for hour in self.moving:
            if hour.row is row and hour.name == name and hour.becomes:
                return hour.becomes
        as_it_is: datetime = getattr(row, name)
        return as_it_is

    @property
    def needs_a_person(self) -> str:
        """Why the hours cannot simply be kept; empty when they can."""
        for hour in self.moving:
            if hour.becomes is None:
                return f"the clocks never show {hour.local:%Y-%m-%d %H:%M}"
        spans = [
            (self.becomes(row, "starts_at"), self.becomes(row, "ends_at"))
            for row in taking_place(self.session)
        ]
        if any(end <= start for start, end in spans):
            return "it would end before it begins"
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            return "its meetings would overlap"
        session = self.session
        if session.registration_opens_at and session.registration_closes_at:
            closes = self.becomes(session, "registration_closes_at")
            if closes <= self.becomes(session, "registration_opens_at"):
                return "registration would close before it opens"
        return ""


def outcomes_to_come(older: OlderTable | None, *, now: datetime) -> Iterator[Outcome]:
    """Of all sessions to come that stand."""
    standing: QuerySet[Session] = Session.objects.standing().upcoming(now).order_by("starts_at", "pk")
    for session in standing.select_related("activity__host").prefetch_related("meetings").iterator(500):
        yield outcome_of(session, older, now=now)


def outcome_of(session: Session, older: OlderTable | None, *, now: datetime) -> Outcome:
    """`session` has its meetings in hand. Raises NoTable when the older table lacks the session's zone."""
    outcome = Outcome(session, older)
    for row, name in promised_by(session):
        moment = getattr(row, name)
        if moment is None or moment <= now or (isinstance(row, Meeting) and row.starts_at <= now):
            continue
        local = local_hour(row.promised.get(name), moment, session.timezone, older)
        if local is None:
            outcome.unknown.append((row, name))
        else:
            outcome.hours.append(Hour(row, name, local, moment, moment_of(local, moment, session.zone)))
    return outcome


def promised_by(session: Session) -> Iterator[tuple[Row, str]]:
    """Where there are meetings, the session begins with the first and ends with the last, and promises no more."""
    meetings = list(session.meetings.all())
    for name in Session.PROMISED:
        if not (meetings and name in Meeting.PROMISED):
            yield session, name
    for meeting in meetings:
        for name in Meeting.PROMISED:
            yield meeting, name


def taking_place(session: Session) -> list[Row]:
    return list(session.meetings.all()) or [session]


def local_hour(
    known: Promise | None, moment: datetime, zone: str, older: OlderTable | None
) -> datetime | None:
    """The hour that was promised on the host's clock, without a zone; None where nobody knows which table told it."""
    if known and known["table"] and still_counts(known, moment, zone):
        return datetime.fromisoformat(known["local"]).replace(tzinfo=None)
    return wall_time(moment, older.zone(zone)) if older else None


def moment_of(local: datetime, was: datetime, zone: ZoneInfo) -> datetime | None:
    """When the clocks show that hour by the table of today: as it was, wherever that is one of its answers."""
    if wall_time(was, zone) == local:
        return was
    try:
        return in_zone(local, zone)
    except ValidationError:
        return None


def hour_changes(outcome: Outcome, person: User) -> bool:
    """Whether this person's clock shows other hours than it showed before. Not for who keeps the host's clock."""
    if current_name(person.zone.key) == current_name(outcome.session.timezone):
        return False
    before = readers_clock_before(outcome, person)
    return any(
        wall_time(hour.was, before) != wall_time(hour.becomes, person.zone)
        for hour in outcome.hours
        if hour.becomes and hour.name in Meeting.PROMISED
    )


def readers_clock_before(outcome: Outcome, person: User) -> ZoneInfo:
    """By which the person was told; by the table of today where no older one is at hand."""
    return outcome.older.zone(person.zone.key) if outcome.older else person.zone


def wall_time(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
