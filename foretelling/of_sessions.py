"""Which reminders, and which letters with materials, are to come: by the very statements that find what is due,
asked of each moment at which something may become so.

The moments are a few too many: each lead of each meeting, and for readers who sleep then, the morning after. The statement
decides; a letter counts at the first moment at which it is due.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.urls import reverse

from accounts.models import User
from catalog.models import Material, Meeting, Session
from hubs.scope import in_scope
from outbox.coming import Coming
from outbox.quiet_hours import is_quiet, morning_after
from registrations import materials, reminders
from registrations.joining import JOINING_LEAD
from registrations.models import Registration

AN_HOUR = timedelta(hours=1)  # after which materials go (materials.py)
LONGEST_LEAD = timedelta(days=60)
MANY = 1_000_000

# The placeholders of a statement that asks about one moment, as columns of a row that holds many.
AT_EACH = {
    "%(now)s": "clock.at",
    "%(session)s": "clock.session",
    "%(asleep)s": "clock.asleep",
    "%(registration)s": "NULL",
}

# By session.
type Moments = dict[int, set[datetime]]
type Zones = dict[int, set[str]]


def foretell(person: User, now: datetime, until: datetime) -> Iterator[Coming]:
    """Within the person's hosts."""
    sessions = {
        session.pk: session
        for session in in_scope(Session.objects.all(), person, host="activity__host")
        .filter(cancelled_at=None, ends_at__gt=now - timedelta(days=60), starts_at__lt=until + LONGEST_LEAD)
        .select_related("activity")
        .only("starts_at", "ends_at", "reminder_leads", "joining_link", "label", "activity__title")
    }
    moments = moments_of_reminders(sessions, now, until)
    zones = zones_of_readers(moments)
    with_mornings(moments, zones, until)
    for number, lead, at, count in ask_reminders(moments, zones):
        session = sessions[number]
        joins = bool(session.joining_link) and lead <= JOINING_LEAD
        yield about(session, at, "joining_link" if joins else "reminder", count)
    for number, at, count in ask_materials(moments_of_materials(sessions, now, until)):
        yield about(sessions[number], at, "materials", count)


def about(session: Session, at: datetime, kind: str, count: int) -> Coming:
    address = reverse("admin:catalog_session_change", args=[session.pk])
    return Coming(at, kind, count, str(session.activity), address)


def moments_of_reminders(sessions: dict[int, Session], now: datetime, until: datetime) -> Moments:
    found: Moments = {}
    ahead = Meeting.objects.filter(
        session__in=sessions, starts_at__gt=now, starts_at__lt=until + LONGEST_LEAD
    )
    starts = [
        *ahead.values_list("session", "starts_at"),
        *((pk, session.starts_at) for pk, session in sessions.items() if session.starts_at > now),
    ]
    for number, starts_at in starts:
        for lead in {*sessions[number].reminder_leads, JOINING_LEAD}:
            at = starts_at - timedelta(minutes=lead)
            if at <= until:
                # What is due already is written in a minute.
                found.setdefault(number, set()).add(max(at, now))
    return found


def zones_of_readers(moments: Moments) -> Zones:
    """Of those who keep quiet hours."""
    readers = Registration.objects.confirmed().filter(session__in=moments, person__quiet_hours=True)
    pairs = readers.exclude(person__timezone="").order_by().values_list("session", "person__timezone")
    found: Zones = {}
    for number, zone in pairs.distinct():
        found.setdefault(number, set()).add(zone)
    return found


def with_mornings(moments: Moments, zones: Zones, until: datetime) -> None:
    """Also when those wake who sleep at one of the moments."""
    for number, at_each in moments.items():
        clocks = [ZoneInfo(zone) for zone in zones.get(number, ())]
        mornings = {morning_after(at, clock) for at in at_each for clock in clocks if is_quiet(at, clock)}
        at_each |= {morning for morning in mornings if morning <= until}


def moments_of_materials(sessions: dict[int, Session], now: datetime, until: datetime) -> Moments:
    """An hour after the end, or after something was added."""
    found: Moments = {}
    rows = Material.objects.filter(activity__sessions__in=sessions).values_list(
        "activity__sessions", "session", "given_at"
    )
    for number, only_of, given_at in rows:
        if number in sessions and only_of in (None, number):
            at = max(sessions[number].ends_at, given_at or now) + AN_HOUR
            if at <= until:
                found.setdefault(number, set()).add(max(at, now))
    return found


def ask_reminders(moments: Moments, zones: Zones) -> list[tuple[int, int, datetime, int]]:
    """Session, lead, moment, how many."""
    statement = f"""
        SELECT session, lead, at, count(*) FROM (
            SELECT DISTINCT ON (registration, starts_at, lead) due.*, clock.at
            {of_each(reminders.DUE)}
            ORDER BY registration, starts_at, lead, clock.at
        ) AS first GROUP BY session, lead, at
    """  # noqa: S608 - put together from our own statements
    return ask(statement, moments, zones, day=reminders.A_DAY, joining_lead=JOINING_LEAD)


def ask_materials(moments: Moments) -> list[tuple[int, datetime, int]]:
    """Session, moment, how many."""
    statement = f"""
        SELECT session, at, count(*) FROM (
            SELECT DISTINCT ON (due.registration) due.registration, due.session, clock.at
            {of_each(materials.DUE)}
            ORDER BY due.registration, clock.at
        ) AS first GROUP BY session, at
    """  # noqa: S608 - put together from our own statements
    return ask(statement, moments, {})


def of_each(statement: str) -> str:
    for placeholder, column in AT_EACH.items():
        statement = statement.replace(placeholder, column)
    return f"""
        FROM unnest(%(sessions)s::bigint[], %(moments)s::timestamptz[], %(sleepers)s::text[])
            AS clock(session, at, asleep)
        CROSS JOIN LATERAL ({statement}) AS due
    """


def sleeping(zones: Iterable[str], at: datetime) -> list[str]:
    """Of these alone: the readers of one session live in a few, of some hundred that there are."""
    return sorted(zone for zone in zones if is_quiet(at, ZoneInfo(zone)))


def ask(statement: str, moments: Moments, zones: Zones, **more: object) -> list[Any]:
    pairs = [(number, at) for number, at_each in sorted(moments.items()) for at in sorted(at_each)]
    if not pairs:
        return []
    asked: dict[str, Any] = {
        "sessions": [number for number, _at in pairs],
        "moments": [at for _number, at in pairs],
        "sleepers": [" ".join(sleeping(zones.get(number, ()), at)) for number, at in pairs],
        "most": MANY,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: list[Any] = cursor.fetchall()
        return found
