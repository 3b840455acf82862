"""What the page of an import of things shows besides what every import shows."""

from typing import TYPE_CHECKING, Any, cast

from imports.kinds import Looked
from imports.models import Entry
from imports.page import ImportPage

if TYPE_CHECKING:
    from .things import Things


class ThingsPage(ImportPage):
    @property
    def things(self) -> "Things[Any]":
        return cast("Things[Any]", self.kind)

    def name_of(self, entry: Entry) -> str:
        values = self.things.read(self.of.columns, entry.cells).values
        return values.get(self.things.name_column, "") or entry.key

    def told(self, entry: Entry) -> Looked:
        told = super().told(entry)
        if self.of.is_draft:
            return told
        changes = self.things.words(entry.changes) if entry.outcome == Entry.Outcome.CHANGED else ()
        return Looked(entry, told.outcome, told.why, told.who, entry.email, changes)
