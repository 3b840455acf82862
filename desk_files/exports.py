"""The lists of the desk as files, in the columns that an import reads; and the ways from these lists to both."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.http import person_of
from desk.export import ListFile, SafeResource, leaves_as
from desk.ways import leads_from_list
from imports.kinds import brings

from .columns import Column
from .things import Things


def cell[M](column: Column[M]) -> Callable[[M], str]:
    return lambda thing: column.shown(column.write(thing))


def headings(columns: Sequence[Column[Any]]) -> dict[str, str]:
    """In the language that is set."""
    return {column.name: str(column.label) for column in columns}


def resource_of(things: Things[Any]) -> type[SafeResource]:
    class Meta:
        model = things.model
        fields: list[str] = []

    facts = {
        "columns": {column.name: cell(column) for column in things.columns},
        "headings": staticmethod(partial(headings, things.columns)),
        "Meta": Meta,
    }
    facts["iter_queryset"] = lambda self, rows: things.spread(SafeResource.iter_queryset(self, rows))
    return type(f"{things.model.__name__}Resource", (SafeResource,), facts)


def brings_and_leaves(things: Things[Any]) -> None:
    """Such things come by files, and leave in files that come again."""
    brings(things)
    leaves_as(
        things.model,
        ListFile(
            resource=resource_of(things),
            may=lambda request: things.may(person_of(request)),
            rows=things.written_out,
            how_many=things.how_many,
        ),
    )
    leads_from_list(things.model, partial(ways_to, things))


def ways_to(things: Things[Any], request: HttpRequest) -> list[tuple[str, str]]:
    if not things.may(person_of(request)):
        return []
    return [(reverse("imports:new_of", args=[things.name]), str(things.title))]
