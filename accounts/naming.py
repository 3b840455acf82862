"""What follows when an organization gets another name. Rooms say here that they want to be told."""

from collections.abc import Callable

from .models import Organization

type Renamed = Callable[[Organization], None]

_rooms: list[Renamed] = []


def when_renamed(tell: Renamed) -> None:
    """From now on `tell(organization)` is called, in the same transaction, after its names were changed."""
    if tell not in _rooms:
        _rooms.append(tell)


def tell_renamed(organization: Organization) -> None:
    for tell in _rooms:
        tell(organization)
