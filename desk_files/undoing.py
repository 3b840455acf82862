"""What undoing would come to, before it is done."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from imports.models import Entry

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
    """Of what is there of each row, and what taking it back comes to."""

    def __init__(self, found: Iterable[tuple[object, Entry.Back]]) -> None:
        every = list(found)
        counts = Counter(back for _thing, back in every)
        self.untold, self.given = counts[Entry.Back.UNTOLD], counts[Entry.Back.GIVEN]
        self.stay = [f"{thing}: {back.label}" for thing, back in every if back in Entry.STAYS][:SHOWN]
        self.nothing = not (self.untold or self.given or counts[Entry.Back.PARTLY])
