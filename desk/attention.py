"""What needs a person, for the first page of the desk. Rooms say here what they have; `staff/attention.py` shows it.

Each room has its part in its own `attention.py`: within the person's hosts, in a fixed number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import PermissionsMixin

SHOWN = 8  # lines of a card; the rest is behind its link


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


# The person is a User. None for who may not see it.
type Ask = Callable[[Any, datetime], Card | None]


class Part(NamedTuple):
    ask: Ask
    permission: str


parts: dict[str, Part] = {}


def needs_a_person(name: str, ask: Ask, *, permission: str = "") -> None:
    """From now on `ask(person, now)` is asked for a card at each look at the desk's first page.

    `name` is by what `staff/attention.py` puts the cards in order. It is not asked for who lacks the `permission`; without
    one it says itself who may see it.
    """
    parts[name] = Part(ask, permission)


def cards_for(person: PermissionsMixin, now: datetime, *, order: tuple[str, ...]) -> list[Card]:
    """In the order given; what is not named there comes after."""
    names = [*order, *(name for name in parts if name not in order)]
    seen = [part for name in names if (part := parts.get(name)) and may_see(person, part)]
    return [card for part in seen if (card := part.ask(person, now))]


def may_see(person: PermissionsMixin, part: Part) -> bool:
    return not part.permission or person.has_perm(part.permission)
