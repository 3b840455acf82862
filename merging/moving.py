"""Rows go from one to the other, and what was moved is written down. See docs/decisions for why nothing is deleted."""

import json
from collections import Counter
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, QuerySet

from accounts.models import User
from desk.audit import note_changes

from .models import Merge, MovedRow

AT_ONCE = 500


@dataclass(kw_only=True)
class Moving[M: Model]:
    """`gone` becomes `kept`; both rows are locked, and those that the parts lock. Whatever a part changes it changes by one
    of these, so that it can be given back."""

    kept: M
    gone: M
    merge: Merge
    by: User
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)

    def move_rows(self, rows: QuerySet[Any], field: str) -> int:
        """All these are the kept one's from now on, by their column `field`. Leave out what a rule would refuse: a row that
        is the kept one's already. Answers how many there were."""
        found = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
        changed = []
        for row in found:
            after = copy(row)
            setattr(after, field, self.kept)
            changed.append((row, after))
        rows.model._base_manager.filter(pk__in=[row.pk for row in found]).update(**{field: self.kept})
        self.remember(changed, field)
        note_history(changed)
        return len(found)

    def set(self, row: Model, field: str, value: object) -> None:
        """One column of one row. Nothing is remembered where it says that already."""
        before = copy(row)
        setattr(row, field, value)
        if as_json(before, field) != as_json(row, field):
            row.save(update_fields=[field])
            self.remember([(before, row)], field)

    def make(self, row: Model) -> None:
        """A row that was not there. It goes again with an undo, unless somebody changed it meanwhile."""
        row.save(force_insert=True)
        MovedRow.objects.create(
            merge=self.merge, content_type=type_of(row), object_pk=str(row.pk), after=whole(row)
        )

    def remember(self, changed: Iterable[tuple[Model, Model]], field: str) -> None:
        rows = [
            MovedRow(
                merge=self.merge,
                content_type=type_of(after),
                object_pk=str(after.pk),
                field=field,
                before=as_json(before, field),
                after=as_json(after, field),
            )
            for before, after in changed
        ]
        MovedRow.objects.bulk_create(rows, batch_size=AT_ONCE)
        for _before, after in changed:
            self.counts[f"{after._meta.label}.{field}"] += 1


@dataclass(kw_only=True)
class Undoing[M: Model]:
    """What the merge had moved, last first, and what of it is left as it is. All that the parts lock is locked."""

    kept: M
    gone: M
    by: User
    now: datetime
    moved: list[MovedRow]
    left: list[MovedRow] = field(default_factory=list)


def note_history(changed: list[tuple[Any, Any]]) -> None:
    if changed and auditlog.contains(type(changed[0][0])):
        note_changes(changed)


def type_of(row: Model) -> ContentType:
    return ContentType.objects.get_for_model(row, for_concrete_model=False)


def as_json(row: Model, field: str) -> Any:
    """What the column says, as MovedRow keeps it: a number, a text, or nothing."""
    return said(column(row, field), row)


def column(row: Model, field: str) -> "Field[Any, Any]":
    found = row._meta.get_field(field)
    assert isinstance(found, Field), field
    return found


def said(field: "Field[Any, Any]", row: Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | dict):
        return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
    return field.value_to_string(row)


def whole(row: Model) -> dict[str, Any]:
    return {field.name: said(field, row) for field in row._meta.concrete_fields if not field.generated}
