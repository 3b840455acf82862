"""What undoing would come to, before it is done."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from imports.models import Entry, Import

if TYPE_CHECKING:
    from .things import Things

SHOWN = 20


def used(model: type[Model], things: Iterable[int], *, besides: Collection[type[Model]]) -> set[int]:
    """On which of these other rows hang: one question for each kind of row, however many they are."""
    numbers, found = list(things), set[int]()
    if not numbers:
        return found
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if other in besides:
            continue
        column = relation.field.name
        hanging = other._base_manager.filter(**{f"{column}__in": numbers})
        found |= set(hanging.values_list(column, flat=True).distinct())
    return found


class UndoOutlook:
    def __init__(self, of: Import, kind: "Things[Any]") -> None:
        entries = list(of.entries.registered().filter(thing__isnull=False))
        numbers = [entry.thing for entry in entries if entry.thing]
        things = {thing.pk: thing for thing in kind.things().filter(pk__in=numbers)}
        stay = kind.stay(things.keys())
        found = []
        for entry in entries:
            thing = things.get(entry.thing or 0)
            found.append((thing, kind.way_back(entry, thing, stay)[0]))
        counts = Counter(back for _thing, back in found)
        self.untold, self.given = counts[Entry.Back.UNTOLD], counts[Entry.Back.GIVEN]
        self.stay = [f"{thing}: {back.label}" for thing, back in found if back in Entry.STAYS][:SHOWN]
        self.nothing = not (self.untold or self.given or counts[Entry.Back.PARTLY])
