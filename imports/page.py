"""What the page of an import shows: before it is begun what each row would do, afterwards what came of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from .kinds import Kind, Looked, kind_of
from .models import Entry, Import

ROWS = 50
TONES: dict[str, str] = {
    Entry.Outcome.NEW: "open",
    Entry.Outcome.CHANGED: "open",
    Entry.Outcome.SAME: "",
    Entry.Outcome.REFUSED: "cancelled",
}


@dataclass(frozen=True)
class Row:
    number: int
    who: str
    beside: str
    outcome: str
    words: str
    why: str
    tone: str
    changes: Sequence[tuple[str, str, str]] = ()


class ImportPage:
    def __init__(self, of: Import, now: datetime, *, what: str = "", number: str | None = None) -> None:
        self.of, self.now, self.what = of, now, what if what in Entry.Outcome.values else ""
        self.wanted = number

    @property
    def kind(self) -> Kind:
        return kind_of(self.of)

    @cached_property
    def looked(self) -> list[Looked]:
        return self.kind.looked(self.of, self.now)

    @property
    def is_looked_at_now(self) -> bool:
        """Of a short file that is not begun: it is never older than the page."""
        return self.of.is_draft and not self.of.is_foreseen

    @property
    def column(self) -> str:
        return "foreseen__outcome" if self.of.is_draft else "outcome"

    @cached_property
    def otherwise(self) -> list[int]:
        """Rows that came out otherwise than was foreseen: the first of them."""
        return list(self.of.entries.otherwise().values_list("number", flat=True)[:ROWS])

    @cached_property
    def counts(self) -> dict[str, int]:
        if self.is_looked_at_now:
            return dict(Counter(row.outcome for row in self.looked))
        rows = self.of.entries.order_by().values_list(self.column).annotate(Count("pk"))
        return {outcome or "": count for outcome, count in rows}

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        return [(one.value, str(one.label), self.counts.get(one, 0)) for one in Entry.Outcome]

    @property
    def to_do(self) -> int:
        return sum(self.counts.get(outcome, 0) for outcome in Entry.REGISTERED)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.total - self.counts.get("", 0)

    @property
    def refused(self) -> int:
        return self.counts.get(Entry.Outcome.REFUSED, 0)

    @property
    def unknown(self) -> list[str]:
        """Headings of which nobody has said what they mean."""
        return [
            heading
            for heading, column in zip(self.of.headings, self.of.columns, strict=True)
            if not column and not self.kind.vocabulary.knows(heading)
        ]

    @property
    def lacks(self) -> str:
        """Why it cannot be begun with these columns."""
        return ""

    @cached_property
    def pages(self) -> Page[Any]:
        if self.is_looked_at_now:
            rows = [row for row in self.looked if not self.what or row.outcome == self.what]
            return Paginator(rows, ROWS).get_page(self.wanted)
        entries = self.of.entries.filter(**{self.column: self.what}) if self.what else self.of.entries.all()
        return Paginator(entries, ROWS).get_page(self.wanted)

    @property
    def rows(self) -> list[Row]:
        return [self.row(one if isinstance(one, Looked) else self.told(one)) for one in self.pages]

    def told(self, entry: Entry) -> Looked:
        """A row that was done, or is still to be."""
        if self.of.is_draft and entry.foreseen:
            return Looked.foreseen(entry)
        why = str(Entry.Back(entry.back).label) if entry.back else self.why(entry)
        return Looked(entry, entry.outcome, why, self.name_of(entry), entry.email)

    def why(self, entry: Entry) -> str:
        before = entry.foreseen.get("outcome", "")
        if not entry.outcome or before in ("", entry.outcome):
            return entry.why
        words = _("Before it was done, this page said: %(outcome)s.") % {
            "outcome": Entry.Outcome(before).label
        }
        return f"{entry.why} {words}".strip()

    def name_of(self, entry: Entry) -> str:
        raise NotImplementedError

    @property
    def open_words(self) -> str:
        """Of a row without an outcome."""
        if self.of.is_draft:
            return _("to be looked at")
        return _("to be done") if self.of.undo_began_at is None else _("not done")

    def row(self, one: Looked) -> Row:
        words = str(Entry.Outcome(one.outcome).label) if one.outcome else self.open_words
        tone = TONES.get(one.outcome, "")
        return Row(one.entry.number, one.who, one.beside, one.outcome, words, one.why, tone, one.changes)

    # What undoing came to

    @cached_property
    def back(self) -> dict[str, int]:
        return dict(self.of.entries.exclude(back="").order_by().values_list("back").annotate(Count("pk")))

    @property
    def back_counted(self) -> list[tuple[str, int]]:
        return [(str(one.label), self.back[one]) for one in Entry.Back if one in self.back]

    @property
    def stay(self) -> list[str]:
        """What stays although the import was undone, and why."""
        entries = self.of.entries.filter(back__in=Entry.STAYS).select_related("registration__person")
        return [f"{self.name_of_stay(entry)}: {Entry.Back(entry.back).label}" for entry in entries[:ROWS]]

    def name_of_stay(self, entry: Entry) -> str:
        return self.name_of(entry)

    @property
    def accounts_that_stay(self) -> int:
        return 0
