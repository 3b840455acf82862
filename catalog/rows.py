"""The rows of a list, as narrow as what a card shows of them."""

from collections import namedtuple
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import get_language

from .questions import Question
from .statements import Statement, answer, remembered

type Ask = Callable[[Question, list[str], int, int], QuerySet]

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
    "listed_at",
    "cancelled_at",
    "places",
    "places_taken",
    "waiting_count",
    "registration_opens_at",
    "closes_at",
    "eligibility",
)
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
    return namedtuple("Row", list(columns)), list(columns.values())


def upcoming_rows(question: Question, start: int, stop: int) -> list[Any]:
    """The sessions that stand for their activities, by date; the best first when words were asked for."""
    return fetch(question, upcoming, start, stop)


def past_rows(question: Question, start: int, stop: int) -> list[Any]:
    """Activities that are over, the latest first; those of unknown date after all others."""
    return fetch(question, past, start, stop)


def upcoming(question: Question, columns: list[str], start: int, stop: int) -> QuerySet:
    if question.search:
        best_first = question.next_sessions(question.sessions()).annotate(
            rank=question.search.rank("activity__search_vector")
        )
        return best_first.order_by("-rank", "listed_at", "id").values_list(*columns)[start:stop]
    # What runs now stands before what is to come. Each half has an index of its own, so that neither walks through all
    # that is over. The first is sorted by an expression: seeing the bare column, PostgreSQL would take the index by date.
    rows = question.filters.qs
    running = question.next_sessions(rows.running(question.now)).order_by(
        Greatest("listed_at", "starts_at"), "id"
    )
    to_come = question.next_sessions(rows.to_come(question.now)).order_by("listed_at", "id")
    halves = [half.values_list(*columns)[:stop] for half in (running, to_come)]
    return halves[0].union(halves[1], all=True).order_by("listed_at", "id")[start:stop]


def past(question: Question, columns: list[str], start: int, stop: int) -> QuerySet:
    if question.search:
        best_first = question.past_activities().annotate(rank=question.search.rank("search_vector"))
        return best_first.order_by("-rank", "-ends_at", "-id").values_list(*columns)[start:stop]
    rows = question.filters.qs
    dated = rows.filter(ends_at__lte=question.now).order_by("-ends_at", "-id")
    undated = rows.filter(ends_at=None).order_by("-id")
    halves = [half.values_list(*columns)[:stop] for half in (dated, undated)]
    return (
        halves[0].union(halves[1], all=True).order_by(F("ends_at").desc(nulls_last=True), "-id")[start:stop]
    )


def fetch(question: Question, ask: Ask, start: int, stop: int) -> list[Any]:
    language = get_language()
    row, columns = row_type(question.past, language)

    def compose(asked: Question) -> Statement:
        return ask(asked, columns, start, stop).query.sql_with_params()

    statement = remembered(question, compose, ask, language, start, stop)
    return [row(*hashable(values)) for values in answer(question, statement)]


def hashable(values: Iterable[Any]) -> list[Any]:
    return [tuple(value) if type(value) is list else value for value in values]
