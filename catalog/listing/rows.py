"""The rows of a list, as narrow as what a card shows of them."""

from collections import namedtuple
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, F, Model, Q, QuerySet
from django.utils.translation import get_language

from ..models import Activity
from ..models.activity import ActivityQuerySet
from ..models.session import SessionQuerySet
from ..session_state import Dated
from ..wording import HeldDates
from .questions import Question
from .statements import Statement, answer, remembered

# The columns that are asked for.
type Columns = QuerySet[Model, tuple[object, ...]]
type Ask = Callable[[Question, list[str], int, int], Columns]


class Row(Protocol):
    """What a card shows of an activity; of texts also `title_en` and so on, see TRANSLATED."""

    slug: str
    picture_key: str
    format: str
    languages: tuple[str, ...]
    interpretation: tuple[str, ...]
    audiences: tuple[str, ...]
    offered_by: str
    published_at: datetime
    news_at: datetime | None
    host_timezone: str | None

    def __hash__(self) -> int: ...


class UpcomingRow(Row, Dated, Protocol):
    id: int
    self_paced: bool
    at: datetime
    room: bool


class PastRow(Row, HeldDates, Protocol):
    id: int


BY_DATE: tuple[str, ...] = ("at", "id")  # of rows that are `with_next`
TRANSLATED = ("title", "summary", "host_name", "city")

ABOUT_ACTIVITY = {
    "slug": "slug",
    "picture_key": "picture_key",
    "format": "format",
    "title": "title",
    "summary": "summary",
    "languages": "languages",
    "interpretation": "interpretation",
    "audiences": "audiences",
    "offered_by": "offered_by",
    "published_at": "published_at",
    "news_at": "news_at",
    "host_name": "host__name",
    "city": "host__city",
    "host_timezone": "host__timezone",
}
OF_SESSION = (
    "id",
    "timezone",
    "self_paced",
    "starts_at",
    "ends_at",
    "at",
    "room",
    "cancelled_at",
    "places",
    "places_taken",
    "waiting_count",
    "registration_opens_at",
    "closes_at",
    "admission",
    "eligibility",
    "members_first_until",
)
# Of a page's rows, not of all that are sorted: when they meet, as catalog.hours has it.
WITH_HOURS = """
SELECT page.*, ARRAY(
    SELECT ARRAY[meeting.starts_at, meeting.ends_at] FROM catalog_meeting AS meeting
    WHERE meeting.session_id = page.id ORDER BY meeting.starts_at
) FROM ({sql}) AS page
"""
OF_PAST = ("id", "ends_at", "held_on", "held_until", "held_note")


@cache
def row_type(past: bool, language: str) -> tuple[type, list[str]]:
    """The row's names, and the columns to ask for; of texts the page's language and English, on which it falls back."""
    prefix = "" if past else "activity__"
    columns = {name: name for name in (OF_PAST if past else OF_SESSION)}
    for name, path in ABOUT_ACTIVITY.items():
        if name in TRANSLATED:
            columns |= {
                f"{name}_{code}": f"{prefix}{path}_{code}"
                for code in dict.fromkeys([language, "en"])
                if code in settings.MODELTRANSLATION_LANGUAGES
            }
        else:
            columns[name] = prefix + path
    names = [*columns] if past else [*columns, "hours"]
    return namedtuple("Row", names), list(columns.values())


def upcoming_rows(question: Question, start: int, stop: int) -> list[UpcomingRow]:
    """The sessions that stand for their activities, by date; the best first when words were asked for."""
    return fetch(question, upcoming, start, stop)


def past_rows(question: Question, start: int, stop: int) -> list[PastRow]:
    """Activities that are over, the latest first; those of unknown date after all others."""
    return fetch(question, past, start, stop)


def upcoming(question: Question, columns: list[str], start: int, stop: int) -> Columns:
    if question.search:
        best_first = question.next_sessions(shown(question.sessions())).annotate(
            rank=question.search.rank("activity__search_vector")
        )
        return best_first.order_by("-rank", *BY_DATE).values_list(*columns)[start:stop]
    # What has begun stands by its next meeting, what is to come by its start. Each half has an index of its own, so that
    # neither walks through all that is over; of the first each row is looked at, and there are few.
    rows: SessionQuerySet = question.filters.qs
    begun = shown(rows.begun(question.now))
    to_come = shown(question.filters.from_its_day(rows.to_come(question.now)))
    halves = [
        question.next_sessions(begun).order_by(*BY_DATE).values_list(*columns)[:stop],
        question.next_sessions(to_come).order_by("listed_at", "id").values_list(*columns)[:stop],
    ]
    return halves[0].union(halves[1], all=True).order_by(*BY_DATE)[start:stop]


def shown(sessions: SessionQuerySet) -> SessionQuerySet:
    """With what a card shows and neither a column nor `with_next` tells."""
    in_a_room = Q(activity__format=Activity.Format.IN_PERSON_PROGRAM, joining_link="")
    return sessions.annotate(room=ExpressionWrapper(in_a_room, BooleanField()))


def past(question: Question, columns: list[str], start: int, stop: int) -> Columns:
    if question.search:
        best_first = question.past_activities().annotate(rank=question.search.rank("search_vector"))
        return best_first.order_by("-rank", "-ends_at", "-id").values_list(*columns)[start:stop]
    rows: ActivityQuerySet = question.filters.qs
    dated = rows.filter(ends_at__lte=question.now).order_by("-ends_at", "-id")
    undated = rows.filter(ends_at=None).order_by("-id")
    halves = [half.values_list(*columns)[:stop] for half in (dated, undated)]
    return (
        halves[0].union(halves[1], all=True).order_by(F("ends_at").desc(nulls_last=True), "-id")[start:stop]
    )


def fetch(question: Question, ask: Ask, start: int, stop: int) -> list[Any]:
    language = get_language()
    row_class, columns = row_type(question.past, language)

    def compose(asked: Question) -> Statement:
        sql, parameters = ask(asked, columns, start, stop).query.sql_with_params()
        return (sql if asked.past else WITH_HOURS.format(sql=sql)), parameters

    statement = remembered(question, compose, ask, language, start, stop)
    rows = [row_class(*map(hashable, values)) for values in answer(question, statement)]
    if question.past:
        return rows
    # Where no meeting is set, the whole is one.
    return [row if row.hours else row._replace(hours=((row.starts_at, row.ends_at),)) for row in rows]


def hashable(value: object) -> object:
    return tuple(map(hashable, value)) if type(value) is list else value
