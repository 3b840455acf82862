"""The catalog asked as its pages ask it."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from catalog.listing.cards import cards_of
from catalog.listing.counts import Counts, count
from catalog.listing.options import find_options
from catalog.listing.questions import Question


def question(asked: str = "", *, now: datetime | None = None, person: Any = None) -> Question:
    return Question(QueryDict(asked), options=find_options(), now=now or timezone.now(), person=person)


def titles(asked: str = "", **how: Any) -> list[str]:
    """The titles of the answers, in their order."""
    return [card.title for card in cards_of(question(asked, **how), 0, 1000)]


def counts(asked: str = "", **how: Any) -> Counts:
    return count(question(asked, **how))
