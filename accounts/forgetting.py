"""When an account is deleted, each room forgets what it holds of the person. Rooms say here that they want to be asked."""

from collections.abc import Callable
from datetime import datetime

from .models import User

type Forget = Callable[[User, datetime], None]

_rooms: list[Forget] = []


def when_forgetting(forget: Forget) -> None:
    """From now on `forget(person, now)` is called, in the same transaction, before the person's own row is emptied."""
    if forget not in _rooms:
        _rooms.append(forget)


def forget_elsewhere(person: User, *, now: datetime) -> None:
    for forget in _rooms:
        forget(person, now)
