"""What stands on the page of a focal point, `/endorsements/`. Rooms say here what they bring; each is shown for one of the
organizations that the reader speaks for, and the history tells which of them they opened."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from accounts.models import Organization, User


class Part(NamedTuple):
    """A section of the page: its template, with its own heading, and what that is given as `part`."""

    name: str  # for the history; a word of ours
    template: str
    context: dict[str, object]


# None where there is nothing of the kind, and nothing to say of it.
type Bring = Callable[[User, Organization, datetime], Part | None]

# In which order they stand. What waits for the reader comes before what is only told.
WAITS, TOLD, BESIDES = 1, 2, 3

_rooms: list[tuple[int, Bring]] = []


def on_endorsements(bring: Bring, *, stands: int) -> None:
    """From now on `bring(person, organization, now)` is asked at each look: in a fixed number of queries.

    The person is a focal point of the organization. What is then done asks that again, under a lock (actions.py).
    """
    if (stands, bring) not in _rooms:
        _rooms.append((stands, bring))


def parts_of(person: User, organization: Organization, now: datetime) -> list[Part]:
    in_order = sorted(_rooms, key=lambda pair: pair[0])
    return [part for _stands, bring in in_order if (part := bring(person, organization, now))]
