"""What needs attention, for the first page of the desk, within the person's hosts: a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Count, F, Model, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.hours import next_hours
from catalog.models import Activity, Session, Topic
from catalog.session_state import state_of
from desk.clock import shown
from desk.translations import LANGUAGES, has_missing, has_stale, missing_translations
from hubs.coverage import sessions_without_agreement
from hubs.duration import ONE_DAY
from hubs.models import Agreement, Host
from hubs.models.agreement import ENDING_SOON
from hubs.scope import in_scope
from outbox.models import Letter, Outage
from proposals import readers
from proposals.board import Board
from proposals.models import Decision, Proposal
from proposals.states import OPEN, State
from texts.languages import language_name

from .letter_scope import letters_within

SHOWN = 8
SOON = timedelta(days=7)
LATE = timedelta(minutes=15)


@dataclass
class Line:
    address: str
    title: str
    note: str = ""
    badge: str = ""
    tone: str = ""


@dataclass
class Card:
    title: str
    nothing: str
    lines: list[Line] = field(default_factory=list)
    all_address: str = ""
    all_words: str = ""


def what_needs_attention(person: User, now: datetime | None = None) -> list[Card]:
    now = now or timezone.now()
    cards = []
    if person.has_perm("catalog.view_session"):
        cards.append(coming(person, now))
        cards.append(overbooked(person, now))
    if person.has_perm("catalog.view_activity"):
        cards.append(drafts(person))
        cards.append(translations(person))
    if person.has_perm("hubs.view_agreement"):
        cards.append(agreements(person, now))
    if readers.reviews(person) or readers.sees_board(person):
        cards.append(proposals(person, now))
    if person.has_perm("outbox.view_letter"):
        cards.append(letters(person, now))
    return cards


def sessions_of(person: User) -> Any:
    sessions = Session.objects.standing().select_related("activity__host").prefetch_related("meetings")
    return in_scope(sessions, person, host="activity__host")


def session_line(session: Session, now: datetime, **more: str) -> Line:
    places = (
        _("%(taken)d of %(places)d places") % {"taken": session.places_taken, "places": session.places}
        if session.places is not None
        else ngettext("%(count)d person", "%(count)d people", session.places_taken)
        % {"count": session.places_taken}
    )
    if session.waiting_count:
        places = _("%(places)s, %(waiting)d waiting") % {"places": places, "waiting": session.waiting_count}
    start, _end = next_hours(session, now) or session.hours[0]
    return Line(
        reverse("admin:catalog_session_change", args=[session.pk]),
        str(session.activity),
        _("%(when)s · %(places)s") % {"when": shown(start, session.zone), "places": places},
        **({"badge": state_of(session, now).name} | more),
    )


def coming(person: User, now: datetime) -> Card:
    begun = sessions_of(person).filter(ends_at__gt=now, starts_at__lt=now + SOON, self_paced=False)
    sessions = begun.with_next(now).filter(at__lt=now + SOON)
    return Card(
        _("The next seven days"),
        _("No session in the next seven days."),
        [session_line(session, now) for session in sessions.order_by("at")[:SHOWN]],
        reverse("admin:catalog_session_changelist"),
        _("All coming sessions"),
    )


def overbooked(person: User, now: datetime) -> Card:
    sessions = sessions_of(person).filter(ends_at__gt=now, places_taken__gt=F("places")).order_by("starts_at")
    lines = []
    for session in sessions[:SHOWN]:
        beyond = session.places_taken - (session.places or 0)
        words = ngettext("%(count)d beyond", "%(count)d beyond", beyond) % {"count": beyond}
        lines.append(session_line(session, now, badge=words, tone="bad"))
    page = reverse("admin:catalog_session_changelist")
    return Card(
        _("Overbooked"),
        _("Nothing is overbooked."),
        lines,
        f"{page}?{urlencode({'fullness': 'over'})}",
        _("All that are overbooked"),
    )


def drafts(person: User) -> Card:
    activities = in_scope(Activity.objects.filter(published_at=None), person, host="host").select_related(
        "host"
    )
    lines = []
    for activity in activities.order_by("-id")[:SHOWN]:
        lacks = {words.language for words in missing_translations(activity, Activity.TRANSLATED_TEXTS)}
        gaps = ", ".join(code.upper() for code in LANGUAGES if code in lacks)
        lines.append(
            Line(
                reverse("admin:catalog_activity_change", args=[activity.pk]),
                activity.title or _("Without a title"),
                activity.host_name,
                _("missing: %(languages)s") % {"languages": gaps} if gaps else _("ready in all languages"),
                "warning" if gaps else "good",
            )
        )
    page = reverse("admin:catalog_activity_changelist")
    return Card(
        _("Drafts"),
        _("No drafts."),
        lines,
        f"{page}?{urlencode({'state': 'draft'})}",
        _("All drafts"),
    )


def translations(person: User) -> Card:
    """How much of what the person sees lacks words or is older than its original: a query for each kind of thing."""
    kinds = [
        (
            "catalog.view_activity",
            in_scope(Activity.objects.all(), person, host="host"),
            _("Activities: something is missing"),
            _("Activities: something is older than its original"),
        ),
        (
            "hubs.view_host",
            in_scope(Host.objects.all(), person, host=""),
            _("Hosts: something is missing"),
            _("Hosts: something is older than its original"),
        ),
        (
            "catalog.view_topic",
            Topic.objects.all(),
            _("Topics: something is missing"),
            _("Topics: something is older than its original"),
        ),
    ]
    lines = []
    for permission, rows, is_lacking, is_behind in kinds:
        if person.has_perm(permission):
            counts = translation_counts(rows)
            lines += count_lines(rows.model, "missing", is_lacking, counts)
            lines += count_lines(rows.model, "older", is_behind, counts)
    page = reverse("admin:catalog_activity_changelist")
    return Card(
        _("Translations"),
        _("Everything is there in every language, and nothing is older than its original."),
        lines,
        f"{page}?{urlencode({'translations': 'complete'})}",
        _("Activities that are complete"),
    )


def translation_counts(rows: Any) -> dict[str, int]:
    """How many of the rows lack something or are behind, in all ("missing", "older") and by language ("missing-fr")."""
    asked = translation_questions(rows.model)
    return rows.order_by().aggregate(**{key: Count("pk", filter=of) for key, of in asked.items()})


@cache
def translation_questions(model: type[Any]) -> dict[str, RawSQL]:
    """What is asked of each row, put into SQL once: Django took a second for it, at each look at this page."""
    names = model.TRANSLATED_TEXTS
    asked = {"missing": has_missing(names), "older": has_stale(names)}
    asked |= {f"missing-{code}": has_missing(names, code) for code in LANGUAGES}
    asked |= {f"older-{code}": has_stale(names, code) for code in LANGUAGES[1:]}
    return {key: in_sql(model, condition) for key, condition in asked.items()}


def in_sql(model: type[Any], condition: Q) -> RawSQL:
    """The condition on the model's own table, for queries that read it under its own name."""
    query = model._base_manager.filter(condition).query
    sql, parameters = query.get_compiler(connection=connection).compile(query.where)
    return RawSQL(sql, parameters, output_field=BooleanField())  # noqa: S611 - worded by Django just now


def count_lines(model: type[Model], what: str, words: str, counts: dict[str, int]) -> list[Line]:
    if not counts[what]:
        return []
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    by_language = [
        f"{language_name(code)} {count}" for code in LANGUAGES if (count := counts.get(f"{what}-{code}"))
    ]
    return [
        Line(
            f"{page}?{urlencode({'translations': what})}",
            words,
            ", ".join(by_language),
            badge=str(counts[what]),
            tone="warning",
        )
    ]


def proposals(person: User, now: datetime) -> Card:
    """What came in and waits: for who sees the board all of it, for a reviewer what is theirs to read."""
    open_ones = readers.readable_by(person).filter(state__in=OPEN).order_by("submitted_at")
    lines = [proposal_line(one, now) for one in open_ones[:SHOWN]]
    if not readers.sees_board(person):
        return Card(
            _("Proposals to read"),
            _("No proposal waits for you."),
            lines,
            reverse("proposals:desk"),
            _("To the queue"),
        )
    prepared = Decision.objects.filter(released_at=None).count()
    late = Board(person, {}, now).late
    if prepared:
        words = ngettext("%(count)d decision to tell", "%(count)d decisions to tell", prepared)
        lines.insert(0, Line(reverse("proposals:decisions"), words % {"count": prepared}))
    if late:
        words = ngettext("%(count)d proposal waits too long", "%(count)d proposals wait too long", late)
        lines.insert(
            0, Line(f"{reverse('proposals:board')}?waits=1", words % {"count": late}, tone="warning")
        )
    return Card(
        _("Proposals"), _("No proposal is open."), lines, reverse("proposals:board"), _("All proposals")
    )


def proposal_line(one: Proposal, now: datetime) -> Line:
    days = one.age_in_days(now)
    age = ngettext("%(count)d day old", "%(count)d days old", days) % {"count": days}
    tone = "warning" if one.state == State.SUBMITTED else ""
    page = reverse("proposals:desk_proposal", args=[one.code])
    return Line(page, one.title, age, str(one.get_state_display()), tone)


def agreements(person: User, now: datetime) -> Card:
    """What ends soon, and what is announced without an agreement behind it."""
    every = in_scope(Agreement.objects.signed().for_reading(), person, host="host")
    near = every.filter(
        lasts_until__gte=now.date() - ONE_DAY, lasts_until__lte=now.date() + ENDING_SOON
    ).order_by("lasts_until")
    lines = [
        Line(
            reverse("admin:hubs_agreement_overview", args=[agreement.pk]),
            str(agreement),
            _("last day %(day)s") % {"day": agreement.last_day.isoformat()},
            badge=str(Agreement.State.ENDING_SOON.label),
            tone="warning",
        )
        for agreement in near
        if agreement.state(agreement.today(now)) == Agreement.State.ENDING_SOON
    ]
    bare = in_scope(sessions_without_agreement(now), person, host="activity__host").order_by(
        "starts_at", "pk"
    )
    lines += [session_line(session, now, badge=_("no agreement"), tone="warning") for session in bare[:SHOWN]]
    return Card(
        _("Agreements"),
        _("No agreement ends soon, and every session to come has one behind it."),
        lines,
        reverse("admin:hubs_agreement_changelist"),
        _("All agreements"),
    )


def letters(person: User, now: datetime) -> Card:
    counts = letters_within(Letter.objects.all(), person).aggregate(
        failed=Count("pk", filter=Q(state=Letter.State.FAILED)),
        late=Count("pk", filter=Q(state=Letter.State.WAITING, written_at__lt=now - LATE)),
    )
    page = reverse("admin:outbox_letter_changelist")
    lines = []
    outage = Outage.objects.filter(is_certain=True).first()
    if outage:
        lines.append(Line(page, _("The mail server takes no letters"), outage.reason, tone="bad"))
    if counts["failed"]:
        words = ngettext("%(count)d letter was given up", "%(count)d letters were given up", counts["failed"])
        failed = f"{page}?{urlencode({'state__exact': Letter.State.FAILED})}"
        lines.append(
            Line(
                failed,
                words % {"count": counts["failed"]},
                _("Look why, then send them again or leave them."),
                tone="bad",
            )
        )
    if counts["late"]:
        words = ngettext(
            "%(count)d letter has waited for more than a quarter of an hour",
            "%(count)d letters have waited for more than a quarter of an hour",
            counts["late"],
        )
        waiting = f"{page}?{urlencode({'state__exact': Letter.State.WAITING})}"
        lines.append(Line(waiting, words % {"count": counts["late"]}, tone="warning"))
    return Card(_("Letters"), _("All letters went, or are on their way."), lines, page, _("All letters"))
