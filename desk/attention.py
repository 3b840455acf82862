"""What needs a person, for the first page of the desk. Rooms say here what they have; `staff/attention.py` shows it.

Each room has its part in its own `attention.py`: within the person's hosts, in a fixed number of queries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.auth.models import PermissionsMixin
from django.db.models import QuerySet

SHOWN = 8  # lines of each kind on a card; all of them are behind its number
MOST = 1000  # nobody counts further


@dataclass
class Line:
    address: str
    title: str
    note: str = ""
    badge: str = ""
    tone: str = ""
    count: int | None = None  # of a line that tells how many: its address leads to exactly these


@dataclass
class Waiting:
    """What waits of one kind, in its order, and how one is told. `few` finds the first SHOWN + 1 where that is quicker."""

    rows: QuerySet[Any] | Sequence[Any]
    line: Callable[[Any], Line]
    few: Callable[[], list[Any]] | None = None

    @cached_property
    def first(self) -> list[Any]:
        return self.few() if self.few else list(self.rows[: SHOWN + 1])

    @cached_property
    def count(self) -> int:
        if len(self.first) <= SHOWN:
            return len(self.first)
        if not isinstance(self.rows, QuerySet):
            return len(self.rows)
        return len(self.rows.order_by().values_list("pk", flat=True)[: MOST + 1])


@dataclass
class Card:
    """What waits, of one kind or several; before that `heads`, lines that tell how many there are of something.

    With `leads_to_all` the list behind `all_address` holds exactly the rows that are counted.
    """

    title: str
    nothing: str
    kinds: Sequence[Waiting] = ()
    all_address: str = ""
    all_words: str = ""
    heads: list[Line] = field(default_factory=list)
    leads_to_all: bool = False
    name: str = ""

    @cached_property
    def lines(self) -> list[Line]:
        return [*self.heads, *(kind.line(row) for kind in self.kinds for row in kind.first[:SHOWN])]

    @cached_property
    def count(self) -> int:
        """How many wait. Heads alone each tell their own number."""
        return sum(kind.count for kind in self.kinds)

    @property
    def count_words(self) -> str:
        return str(self.count) if all(kind.count <= MOST for kind in self.kinds) else f"{MOST}+"

    @property
    def every(self) -> "Every":
        return Every(self.kinds)


@dataclass
class Every(Sequence[Line]):
    """Lines of all that waits, one kind after the other, for a page by itself."""

    kinds: Sequence[Waiting]

    def __len__(self) -> int:
        return sum(kind.count for kind in self.kinds)

    def __getitem__(self, asked: Any) -> Any:
        """A part of it, as a page asks for it."""
        lines: list[Line] = []
        start, stop = asked.start, asked.stop
        for kind in self.kinds:
            lines += [kind.line(row) for row in kind.rows[max(start, 0) : max(stop, 0)]]
            start, stop = start - kind.count, stop - kind.count
        return lines


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
    cards = (card_of(name, person, now) for name in names)
    return [card for card in cards if card is not None]


def card_of(name: str, person: PermissionsMixin, now: datetime) -> Card | None:
    part = parts.get(name)
    if part is None or not may_see(person, part):
        return None
    card = part.ask(person, now)
    if card is not None:
        card.name = name
    return card


def may_see(person: PermissionsMixin, part: Part) -> bool:
    return not part.permission or person.has_perm(part.permission)
