"""What of the catalog needs a person: sessions that come, overbooked ones, drafts, and translations."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Count, F, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from desk.attention import SHOWN, Card, Line, Waiting, needs_a_person
from desk.clock import shown
from desk.translations import LANGUAGES, has_missing, has_stale, lacking, missing_translations
from hubs.models import Host
from hubs.scope import in_scope, numbers_of_own_hosts, sees_all_hosts
from texts.languages import language_name
from texts.rows import listed

from .hours import next_hours
from .models import Activity, Session, Topic
from .session_state import state_of

SOON = timedelta(days=7)
# A list of thousands is not read for its number.
MOST = 1_000
MORE = MOST + 1


def ask_for_attention() -> None:
    needs_a_person("coming", coming, permission="catalog.view_session")
    needs_a_person("overbooked", overbooked, permission="catalog.view_session")
    needs_a_person("drafts", drafts, permission="catalog.view_activity")
    needs_a_person("translations", translations, permission="catalog.view_activity")


def sessions_of(person: User) -> Any:
    sessions = Session.objects.standing().select_related("activity__host").prefetch_related("meetings")
    if sees_all_hosts(person):
        return sessions
    # By their numbers: PostgreSQL then begins with the few that are near, not with all that the hosts ever offered.
    return sessions.filter(activity__host__in=numbers_of_own_hosts(person))


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
        badge=more.get("badge", "") or str(state_of(session, now).name),
        tone=more.get("tone", ""),
    )


def coming(person: User, now: datetime) -> Card:
    near = Q(course__contains=now) | Q(listed_at__gt=now, listed_at__lt=now + SOON)
    sessions = sessions_of(person).with_course().filter(near, self_paced=False).with_next(now)
    rows = sessions.filter(at__lt=now + SOON).order_by("at", "pk")

    def few() -> list[Session]:
        """Sorted before their words are fetched."""
        first = list(rows.values_list("pk", flat=True)[: SHOWN + 1])
        return list(sessions.filter(pk__in=first).order_by("at", "pk"))

    return Card(
        _("The next seven days"),
        _("No session in the next seven days."),
        [Waiting(rows, lambda one: session_line(one, now), few)],
        reverse("admin:catalog_session_changelist"),
        _("All coming sessions"),
    )


def overbooked(person: User, now: datetime) -> Card:
    sessions = sessions_of(person).filter(ends_at__gt=now, places_taken__gt=F("places"))

    def line(session: Session) -> Line:
        beyond = session.places_taken - (session.places or 0)
        badge = ngettext("%(count)d beyond", "%(count)d beyond", beyond) % {"count": beyond}
        return session_line(session, now, badge=badge, tone="bad")

    page = reverse("admin:catalog_session_changelist")
    return Card(
        _("Overbooked"),
        _("Nothing is overbooked."),
        [Waiting(sessions.order_by("starts_at", "pk"), line)],
        f"{page}?{urlencode({'fullness': 'over'})}",
        _("All that are overbooked"),
    )


def drafts(person: User, now: datetime) -> Card:
    activities = in_scope(Activity.objects.filter(published_at=None), person, host="host").select_related(
        "host"
    )

    def line(activity: Activity) -> Line:
        lacks = {gap.language for gap in missing_translations(activity, Activity.TRANSLATED_TEXTS)}
        gaps = listed(code.upper() for code in LANGUAGES if code in lacks)
        return Line(
            reverse("admin:catalog_activity_change", args=[activity.pk]),
            activity.title or _("Without a title"),
            activity.host_name,
            _("missing: %(languages)s") % {"languages": gaps} if gaps else _("ready in all languages"),
            "warning" if gaps else "good",
        )

    page = reverse("admin:catalog_activity_changelist")
    return Card(
        _("Drafts"),
        _("No drafts."),
        [Waiting(activities.order_by("-id"), line)],
        f"{page}?{urlencode({'state': 'draft'})}",
        _("All drafts"),
        leads_to_all=True,
    )


def translations(person: User, now: datetime) -> Card:
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
        [],
        f"{page}?{urlencode({'translations': 'complete'})}",
        _("Activities that are complete"),
        lines,
    )


def translation_counts(rows: QuerySet[Any]) -> dict[str, int]:
    """How many of the rows lack something or are behind, in all ("missing", "older") and by language ("missing-fr").

    What is so in more than MOST rows is only said to be so: MORE.
    """
    rows = rows.order_by()
    model: Any = rows.model
    asked = translation_questions(model)
    found = {
        "missing": keys_of(rows.filter(lacking(model))),
        "older": keys_of(rows.exclude(words_as_of={}).filter(asked["older"])),
    }
    of_these = model._base_manager.filter(pk__in={key for keys in found.values() for key in keys})
    counts: dict[str, int] = of_these.aggregate(**{key: Count("pk", filter=of) for key, of in asked.items()})
    for state, keys in found.items():
        if len(keys) > MOST:
            counts = {key: count for key, count in counts.items() if not key.startswith(state)} | {
                state: MORE
            }
    return counts


def keys_of(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


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


def count_lines(model: type[Model], state: str, title: str, counts: dict[str, int]) -> list[Line]:
    if not counts[state]:
        return []
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    most = {"count": number_format(MOST, force_grouping=True)}
    by_language = [
        f"{language_name(code)} {count}" for code in LANGUAGES if (count := counts.get(f"{state}-{code}"))
    ]
    return [
        Line(
            f"{page}?{urlencode({'translations': state})}",
            title,
            listed(by_language),
            badge=_("more than %(count)s") % most if counts[state] == MORE else str(counts[state]),
            tone="warning",
            count=None if counts[state] == MORE else counts[state],
        )
    ]
