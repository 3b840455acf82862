"""Letters to come: what will be written in the next days if nothing changes. Rooms whose letters are derived from
facts say so here, by the same rules with the clock moved; `staff/coming_letters.py` shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Coming:
    """So many letters of one kind about one thing, at one moment."""

    at: datetime
    kind: str  # as outbox/kinds.py names it
    count: int
    about: str  # the thing's name
    address: str  # its page at the desk


# `foretell(person, now, until)`: within the hosts of that member of staff, in a fixed number of statements.
type Foretell = Callable[[Any, datetime, datetime], Iterable[Coming]]

_rooms: list[Foretell] = []


def foretells(foretell: Foretell) -> None:
    """From now on asked at each look at the letters to come."""
    if foretell not in _rooms:
        _rooms.append(foretell)


def coming(person: Any, now: datetime, until: datetime) -> list[Coming]:
    """In order of time."""
    found = [one for foretell in _rooms for one in foretell(person, now, until)]
    return sorted(found, key=lambda one: (one.at, one.about, one.kind))
