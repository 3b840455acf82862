"""What stands on “My pages” besides one's registrations: what is to be done next, on top, and sections below. Rooms say here
what they bring; `me/overview.py` shows it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from .models import User


class Section(NamedTuple):
    """A piece of the page: its template, with its own heading, and what that is given."""

    template: str
    context: dict[str, object]


# None for who has nothing of the kind.
type Bring = Callable[[User, datetime], Section | None]

_rooms: list[Bring] = []


def on_my_pages(bring: Bring) -> None:
    """From now on `bring(person, now)` is asked at each look at “My pages”: in a fixed number of queries."""
    if bring not in _rooms:
        _rooms.append(bring)


def sections_of(person: User, now: datetime) -> list[Section]:
    """In the order of the rooms (learning_station/rooms.py)."""
    return [section for bring in _rooms if (section := bring(person, now))]


class Thing(NamedTuple):
    """Something that waits for the person: what it is, and the button that leads to it."""

    words: str
    button: str
    address: str
    until: datetime | None = None


type ToDo = Callable[[User, datetime], Iterable[Thing]]

_to_do: list[ToDo] = []


def waits_for_a_person(ask: ToDo) -> None:
    """From now on `ask(person, now)` is asked at each look at “My pages”: in one query."""
    if ask not in _to_do:
        _to_do.append(ask)


def to_do(person: User, now: datetime) -> list[Thing]:
    """What ends first is the next thing to do; what has no end comes after."""
    things = [thing for ask in _to_do for thing in ask(person, now)]
    return sorted(things, key=lambda thing: (thing.until is None, thing.until or now))
