"""What leads on from a list of the desk, besides its own steps. Rooms above say it of the things they bring."""

from collections.abc import Callable, Sequence

from django.db.models import Model
from django.http import HttpRequest

type Link = tuple[str, str]  # address and name
type LinkGroups = list[tuple[str, list[Link]]]
type Way = Callable[[HttpRequest], Sequence[Link]]

_ways: dict[type[Model], list[Way]] = {}


def leads_from_list(model: type[Model], way: Way) -> None:
    """From now on the list of such things has these links, for who gets any."""
    _ways.setdefault(model, []).append(way)


def links_from_list(model: type[Model], request: HttpRequest) -> list[Link]:
    return [link for way in _ways.get(model, []) for link in way(request)]
