"""The rows of a list, as narrow as what a card shows of them."""

from collections import namedtuple
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import F
from django.utils.translation import get_language

from .questions import Question

TRANSLATED = ("title", "summary", "host_name", "city")

ABOUT_ACTIVITY = {
    "slug": "slug",
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
                f"{name}_{code}": f"{prefix}{path}_{code}" for code in dict.fromkeys([language, "en"])
            }
        else:
            columns[name] = prefix + path
    return namedtuple("Row", list(columns)), list(columns.values())


def upcoming_rows(question: Question, start: int, stop: int) -> list[Any]:
    """The sessions that stand for their activities, by date; the best first when words were asked for."""
    row, columns = row_type(False, get_language())
    if question.search:
        best_first = question.next_sessions(question.sessions()).annotate(
            rank=question.search.rank("activity__search_vector")
        )
        found = best_first.order_by("-rank", "listed_at", "id").values_list(*columns)[start:stop]
    else:
        # What runs now stands before what is to come. Each half has an index of its own, so that neither walks through
        # all that is over.
        rows = question.filters.qs
        running, to_come = (
            question.next_sessions(half).order_by("listed_at", "id").values_list(*columns)[:stop]
            for half in (rows.running(question.now), rows.to_come(question.now))
        )
        found = running.union(to_come, all=True).order_by("listed_at", "id")[start:stop]
    return [row(*hashable(values)) for values in found]


def past_rows(question: Question, start: int, stop: int) -> list[Any]:
    """Activities that are over, the latest first; those of unknown date after all others."""
    row, columns = row_type(True, get_language())
    if question.search:
        best_first = question.past_activities().annotate(rank=question.search.rank("search_vector"))
        found = best_first.order_by("-rank", "-ends_at", "-id").values_list(*columns)[start:stop]
    else:
        rows = question.filters.qs
        dated = (
            rows.filter(ends_at__lte=question.now).order_by("-ends_at", "-id").values_list(*columns)[:stop]
        )
        undated = rows.filter(ends_at=None).order_by("-id").values_list(*columns)[:stop]
        found = dated.union(undated, all=True).order_by(F("ends_at").desc(nulls_last=True), "-id")[start:stop]
    return [row(*hashable(values)) for values in found]


def hashable(values: Iterable[Any]) -> list[Any]:
    return [tuple(value) if type(value) is list else value for value in values]
