"""What follows when a session is moved or cancelled. Rooms say here that they want to be told.

They are told under the session's lock, in the transaction of the change, once it is written; none may take a lock that comes
before the session's in the order of locks. A new table of time zones moves nobody: what was promised stays
(promised_hours/actions.py).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Model

from accounts.models import User
from catalog.meeting_changes import MeetingChanges
from catalog.models import Session


@dataclass(frozen=True, kw_only=True)
class Move:
    """`session` as it is now and `before` as it was; `changes` say what became of its meetings. With neither `moved` nor
    `new_place` there is only a new joining link, which those have seen who may join already. `reasons` are by language."""

    session: Session
    before: Session
    changes: MeetingChanges
    moved: bool
    new_place: bool
    reasons: Mapping[str, str]
    by: User
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Cancellation:
    session: Session
    by: User
    now: datetime


class Followers(NamedTuple):
    """Each answers how many letters it wrote."""

    of_move: Callable[[Move], int]
    of_cancellation: Callable[[Cancellation], int]
    covers: frozenset[type[Model]]


_rooms: list[Followers] = []


def when_session_changes(
    *,
    moved: Callable[[Move], int],
    cancelled: Callable[[Cancellation], int],
    covers: Collection[type[Model]],
) -> None:
    """From now on both are called. `covers` are the models of rows that hang on a session, a meeting or a registration, for
    which they answer: a test fails for one that nobody answers for (tests/test_lists.py)."""
    followers = Followers(moved, cancelled, frozenset(covers))
    if followers not in _rooms:
        _rooms.append(followers)


def covered() -> set[type[Model]]:
    return {model for followers in _rooms for model in followers.covers}


def tell_moved(move: Move) -> int:
    """How many letters were written."""
    return sum(followers.of_move(move) for followers in _rooms)


def tell_cancelled(cancellation: Cancellation) -> int:
    """How many letters were written."""
    return sum(followers.of_cancellation(cancellation) for followers in _rooms)
