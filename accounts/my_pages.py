"""What stands on “My pages” besides one's registrations. Rooms say here what they bring; `me/overview.py` shows it."""

from collections.abc import Callable
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
    """In the order of the rooms in INSTALLED_APPS."""
    return [section for bring in _rooms if (section := bring(person, now))]
