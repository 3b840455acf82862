"""What a list is searched for, asked so that it costs the same among many rows as among few.

Django joins all tables that a search names and looks at each row of the product. Here each table that a list leads to is
asked first which of its rows hold the word: few, mostly, and the list is then asked for what leads to them, which indexes
answer. Where a word stands in very many rows, the list is read in its own order instead, and comes upon enough of them
soon. The indexes are trigrams of the words in capitals, as Django asks (`…__icontains`).
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import Model, Q
from django.db.models.functions import Upper
from django.utils.text import smart_split, unescape_string_literal

SEPARATOR = "__"
FEW = 1_000

# By table, fields, word and scope: the keys found; None for more than FEW.
type Known = dict[tuple[object, ...], list[Any] | None]


class Scope(NamedTuple):
    """The way from a row to its host ("activity__host"), and the hosts whose rows are meant. Without a way, all are."""

    way: str = ""
    hosts: tuple[int, ...] = ()

    def after(self, step: str) -> "Scope":
        first, _separator, rest = self.way.partition(SEPARATOR)
        return Scope(rest, self.hosts) if first == step and rest else Scope()

    def condition(self) -> Q:
        return Q(**{f"{self.way}__in": self.hosts}) if self.way else Q()


ALL = Scope()


def words_of(asked: str) -> list[str]:
    """As Django cuts them: “water "Han river"” is two."""
    return [
        unescape_string_literal(bit) if bit.startswith(('"', "'")) and bit[0] == bit[-1] else bit
        for bit in smart_split(asked)
    ]


def holding(model: type[Model], fields: Iterable[str], word: str, known: Known, scope: Scope = ALL) -> Q:
    """Rows that hold this word in one of the fields, which may be of rows that they lead to. No row is found twice.

    Who sees the rows of some hosts alone says so with `scope`: a word may be frequent, and hardly stand in theirs.
    """
    own, further = by_way(fields)
    found = [holds(own, word)] if own else []
    for way, names in further.items():
        relation: Any = model._meta.get_field(way)
        keys = keys_of(relation.related_model, names, word, known, scope.after(way))
        led = (
            holds([f"{way}{SEPARATOR}{name}" for name in names], word)
            if keys is None
            else Q(**{f"{way}__in": keys})
        )
        if relation.one_to_many or relation.many_to_many:
            led = Q(pk__in=model._base_manager.order_by().filter(led).values("pk"))
        if keys != []:
            found.append(led)
    return reduce(or_, found) if found else Q(pk__in=[])


def keys_of(model: type[Model], fields: list[str], word: str, known: Known, scope: Scope) -> list[Any] | None:
    asked = (model, tuple(fields), word, scope)
    if asked not in known:
        _own, further = by_way(fields)
        too_many = any(
            keys_of(related_to(model, way), names, word, known, scope.after(way)) is None
            for way, names in further.items()
        )
        if too_many:
            known[asked] = None
        else:
            rows = model._base_manager.order_by().filter(holding(model, fields, word, known, scope))
            keys = list(rows.filter(scope.condition()).values_list("pk", flat=True)[: FEW + 1])
            known[asked] = keys if len(keys) <= FEW else None
    return known[asked]


def related_to(model: type[Model], way: str) -> type[Model]:
    relation: Any = model._meta.get_field(way)
    related: type[Model] = relation.related_model
    return related


def by_way(fields: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The table's own columns, and for each way out of it the columns there."""
    own: list[str] = []
    further: dict[str, list[str]] = {}
    for name in fields:
        way, separator, rest = name.partition(SEPARATOR)
        if separator:
            further.setdefault(way, []).append(rest)
        else:
            own.append(name)
    return own, further


def holds(fields: Iterable[str], word: str) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields))


def trigrams(*columns: str, name: str) -> GinIndex:
    """What `holding` finds words of this table by."""
    return GinIndex(*(OpClass(Upper(column), name="gin_trgm_ops") for column in columns), name=name)
