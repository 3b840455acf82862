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

from catalog.models import Session
from desk.steps import recipients_sentence
from hubs.scope import sees_all_hosts
from registrations import errors
from registrations.actions.lock import ALL_OF_IT
from registrations.admin.adding import hour_words
from registrations.eligibility import refusals_for_everybody

from .models import Entry, Import
from .outlook import Outlooks
from .reading import Column
from .reading.columns import is_known

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
    email: str
    outcome: str
    words: str
    why: str
    tone: str


class ImportPage:
    def __init__(self, of: Import, now: datetime, *, what: str = "", page: str | None = None) -> None:
        self.of, self.now, self.what = of, now, what if what in Entry.Outcome.values else ""
        self.wanted = page

    @cached_property
    def outlooks(self) -> list[Row]:
        session = Session.objects.prefetch_related(*ALL_OF_IT).get(pk=self.of.session_id)
        found = Outlooks(self.of, list(self.of.entries.all()), session, self.now).all()
        self.letters = Counter(
            (one.person or one.facts).language for one in found if one.outcome in Entry.REGISTERED
        )
        return [self.row(one.entry, one.outcome, one.why or one.place, one.facts.name) for one in found]

    @cached_property
    def counts(self) -> dict[str, int]:
        if self.of.is_draft:
            return dict(Counter(row.outcome for row in self.outlooks))
        rows = self.of.entries.order_by().values_list("outcome").annotate(Count("pk"))
        return dict(rows)

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        return [(one.value, str(one.label), self.counts.get(one, 0)) for one in Entry.Outcome]

    @property
    def to_register(self) -> int:
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

    @cached_property
    def hours(self) -> str:
        """The hours of registration that keep all of them out, unless staff say why they are entered all the same."""
        if self.of.why:
            return ""
        refusals = refusals_for_everybody(self.of.session, self.now)
        return " ".join(hour_words(one) for one in refusals if isinstance(one, errors.OutsideHours))

    @property
    def recipients(self) -> str:
        """Only to who may know in which languages people read: it follows from what they said of themselves."""
        if self.of.read_by is None or not sees_all_hosts(self.of.read_by):
            return ""
        return recipients_sentence(self.letters)

    @property
    def unknown(self) -> list[str]:
        """Headings of which nobody has said what they mean."""
        return [
            heading
            for heading, column in zip(self.of.headings, self.of.columns, strict=True)
            if not column and not is_known(heading)
        ]

    @property
    def has_addresses(self) -> bool:
        return Column.EMAIL in self.of.columns or Column.CODE in self.of.columns

    @cached_property
    def pages(self) -> Page[Any]:
        if self.of.is_draft:
            rows = [row for row in self.outlooks if not self.what or row.outcome == self.what]
            return Paginator(rows, ROWS).get_page(self.wanted)
        entries = self.of.entries.filter(outcome=self.what) if self.what else self.of.entries.all()
        return Paginator(entries, ROWS).get_page(self.wanted)

    @property
    def rows(self) -> list[Row]:
        return [one if isinstance(one, Row) else self.told(one) for one in self.pages]

    def told(self, entry: Entry) -> Row:
        why = entry.why
        if entry.back:
            why = str(Entry.Back(entry.back).label)
        return self.row(entry, entry.outcome, why, self.name_in(entry.cells))

    @property
    def open_words(self) -> str:
        """Of a row without an outcome."""
        return _("to be done") if self.of.undo_began_at is None else _("not done")

    def name_in(self, cells: Sequence[str]) -> str:
        taken = (Column.NAME, Column.FIRST_NAME, Column.LAST_NAME)
        return " ".join(
            cell for cell, column in zip(cells, self.of.columns, strict=False) if column in taken and cell
        )

    def row(self, entry: Entry, outcome: str, why: str, name: str) -> Row:
        words = str(Entry.Outcome(outcome).label) if outcome else self.open_words
        return Row(entry.number, name, entry.email, outcome, words, why, TONES.get(outcome, ""))

    # What undoing came to

    @cached_property
    def back(self) -> dict[str, int]:
        return dict(self.of.entries.exclude(back="").order_by().values_list("back").annotate(Count("pk")))

    @property
    def back_counted(self) -> list[tuple[str, int]]:
        return [(str(one.label), self.back[one]) for one in Entry.Back if one in self.back]

    @property
    def stay(self) -> list[str]:
        """Who stays although the import was undone, and why."""
        entries = self.of.entries.filter(back__in=Entry.STAYS).select_related("registration__person")
        return [
            f"{entry.registration.seen}: {Entry.Back(entry.back).label}"
            for entry in entries[:ROWS]
            if entry.registration
        ]

    @property
    def accounts_that_stay(self) -> int:
        """Made by it and used since. Who does not see the whole station learns nothing of accounts."""
        if self.of.read_by is None or not sees_all_hosts(self.of.read_by):
            return 0
        return self.of.entries.filter(account_stays=True).exclude(back="").count()
