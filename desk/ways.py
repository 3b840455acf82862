"""What leads on from a list of the desk, or from one thing, besides its own steps. Rooms above say it of what they bring."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

type Link = tuple[str, str]  # address and name
type LinkGroups = list[tuple[str, list[Link]]]
type Way = Callable[[HttpRequest], Sequence[Link]]

type WayOfOne = Callable[[HttpRequest, Any], Sequence[Link]]

_ways: dict[type[Model], list[Way]] = {}
_ways_of_one: dict[type[Model], list[WayOfOne]] = {}


def leads_from_list(model: type[Model], way: Way) -> None:
    """From now on the list of such things has these links, for who gets any."""
    _ways.setdefault(model, []).append(way)


def links_from_list(model: type[Model], request: HttpRequest) -> list[Link]:
    return [link for way in _ways.get(model, []) for link in way(request)]


def leads_from_one(model: type[Model], way: WayOfOne) -> None:
    """From now on the page of one such thing has these links, for who gets any."""
    _ways_of_one.setdefault(model, []).append(way)


def links_from_one(request: HttpRequest, thing: Model) -> list[Link]:
    return [link for way in _ways_of_one.get(type(thing), []) for link in way(request, thing)]
