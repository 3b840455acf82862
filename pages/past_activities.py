"""What a host has behind it: the sessions that were held, and history that is known from a source."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.clock_words import day
from catalog.languages import in_language, stands_in
from catalog.models import Activity, Session
from catalog.wording import when_held
from hubs.models import Host


@dataclass(frozen=True)
class PastActivity:
    url: str
    title: str
    lang: str  # of the title, where it is not the page's
    format: str
    format_name: str
    when: str
    until: datetime | None


def past_activities_of(host: Host, *, now: datetime, most: int) -> list[PastActivity]:
    """The latest first; history of which not even the year is known comes last. Two queries."""
    sessions = (
        Session.objects.public()
        .standing()
        .filter(activity__host=host, ends_at__lte=now)
        .select_related("activity")
        .order_by("-ends_at", "-pk")[:most]
    )
    history = (
        Activity.objects.published()
        .filter(~Exists(Session.objects.filter(activity=OuterRef("pk"))), host=host)
        .order_by(F("ends_at").desc(nulls_last=True), "-pk")[:most]
    )
    stops = [of_session(session) for session in sessions] + [
        of_history(activity, host) for activity in history
    ]
    dated = sorted((stop for stop in stops if stop.until), key=lambda stop: stop.until or now, reverse=True)
    return (dated + [stop for stop in stops if not stop.until])[:most]


def of_session(session: Session) -> PastActivity:
    first, last = (moment.astimezone(session.zone).date() for moment in (session.starts_at, session.ends_at))
    when = (
        day(first) if first == last else _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    )
    if session.label:
        when = format_html("{} · {}", when, in_language(session.label, stands_in(session, "label")))
    return past(session.activity, when, session.ends_at)


def of_history(activity: Activity, host: Host) -> PastActivity:
    until = activity.ends_at or end_of_year_told(activity.held_note)
    return past(activity, when_held(activity, host.timezone), until)


def end_of_year_told(note: str | None) -> datetime | None:
    """“About 2017-2019”: the end of the last year a note names. It gives what has no date its place among the others."""
    years = re.findall(r"\b(?:19|20)[0-9]{2}\b", note or "")
    return datetime(int(years[-1]), 12, 31, tzinfo=UTC) if years else None


def past(activity: Activity, when: str, until: datetime | None) -> PastActivity:
    return PastActivity(
        url=activity.get_absolute_url(),
        title=activity.title,
        lang=stands_in(activity, "title"),
        format=activity.format,
        format_name=str(activity.get_format_display()).capitalize(),
        when=when,
        until=until,
    )


def coming_counts(hosts: list[Host], *, now: datetime) -> dict[int, int]:
    """How many activities of each host have something to come, in one query for all."""
    counted = (
        Activity.objects.upcoming(now)
        .filter(host__in=hosts)
        .order_by()
        .values_list("host")
        .annotate(n=Count("pk"))
    )
    return {host.pk: 0 for host in hosts} | dict(counted)


def past_counts(hosts: list[Host], *, now: datetime) -> dict[int, int]:
    """How many activities of each host were held at least once, in one query for all."""
    sessions = Session.objects.filter(activity=OuterRef("pk"))
    was_held = Exists(sessions.standing().filter(ends_at__lte=now))
    counted = (
        Activity.objects.published()
        .filter(Q(was_held) | ~Exists(sessions), host__in=hosts)
        .order_by()
        .values_list("host")
        .annotate(n=Count("pk"))
    )
    return {host.pk: 0 for host in hosts} | dict(counted)
