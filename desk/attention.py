"""What needs a person, for the first page of the desk. Rooms say here what they have; `staff/attention.py` shows it.

Each room has its part in its own `attention.py`: within the person's hosts, in a fixed number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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

_asked: dict[str, Ask] = {}


def needs_a_person(name: str, ask: Ask) -> None:
    """From now on `ask(person, now)` is asked for a card at each look at the desk's first page.

    `name` is by what `staff/attention.py` puts the cards in order.
    """
    _asked[name] = ask


def cards_for(person: Any, now: datetime, *, order: tuple[str, ...]) -> list[Card]:
    """In the order given; what is not named there comes after."""
    names = [*order, *(name for name in _asked if name not in order)]
    cards = (_asked[name](person, now) for name in names if name in _asked)
    return [card for card in cards if card is not None]
