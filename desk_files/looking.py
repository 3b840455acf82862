"""What rows of things would do, before any of it is done: the same is asked again when they are."""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Protocol

from auditlog.models import LogEntry
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from imports import actions, errors
from imports.forms import ColumnsForm, FileForm
from imports.kinds import LOOKED_AT_ONCE, Kind, Looked
from imports.models import Entry, Import
from imports.reading import Vocabulary
from imports.reading.columns import from_file, in_each_language

from .columns import CellRefused, Column, by_name, same
from .page import ThingsPage

Outcome = Entry.Outcome

type Changes = dict[str, list[str]]  # of each column what it said, and what it says


class Numbered(Protocol):
    """What rows are about."""

    @property
    def pk(self) -> Any: ...


class RowRefused(Exception):
    """The sentences say why."""


@dataclass
class Said:
    """What a row says: of each column that is not empty; and what of it cannot be."""

    values: dict[str, str]
    problems: list[str] = field(default_factory=list)
    facts: Any = None  # what a kind works out of the row besides


@dataclass
class Look[M: Numbered]:
    entry: Entry
    said: Said
    outcome: str
    why: str = ""
    thing: M | None = None
    changes: Changes = field(default_factory=dict)


def vocabulary_of(columns: Sequence[Column[Any]], others: Path) -> Vocabulary:
    """The headings of our own export in each language, and those of a file beside it."""

    def every() -> Iterable[tuple[str, str, str]]:
        yield from in_each_language(lambda: [(column.name, str(column.label)) for column in columns])
        if others.exists():
            yield from from_file(others)

    return Vocabulary(every, is_of_people=False, as_written=True)


def rows_told(of: Import, entries: Sequence[Entry]) -> QuerySet[Entry]:
    """Those before, which were done, or foreseen to be."""
    before = of.entries.filter(number__lt=entries[0].number) if entries else of.entries.none()
    if of.is_draft:
        return before.exclude(foreseen={}).exclude(foreseen__outcome=Outcome.REFUSED)
    return before.exclude(outcome__in=["", Outcome.REFUSED])


class Found[M: Numbered]:
    """The things that rows may mean, asked for in a fixed number of questions."""

    @abstractmethod
    def meant(self, said: Said) -> M | None:
        """The thing that is there already. Raises RowRefused."""


class Looking[M: Numbered](Kind):
    model: ClassVar[type[Model]]
    columns: ClassVar[Sequence[Column[Any]]]
    name_column: ClassVar[str] = "name"
    begin_template = "desk_files/_begin.html"
    looked_at_once = LOOKED_AT_ONCE
    form_template = "desk_files/new.html"
    # How its rows are read, each in a sentence; and what is said beside the button.
    rules: ClassVar[Sequence[StrOrPromise]] = ()
    notes: ClassVar[StrOrPromise] = ""
    # Rows that are part of a thing: by what their history says where they belong, and what goes with it.
    parts: ClassVar[Mapping[type[Model], str]] = {}
    goes_with_it: ClassVar[Collection[type[Model]]] = ()

    # What else the columns write.
    written_with: ClassVar[Sequence[str]] = ()

    def things(self) -> QuerySet[Any]:
        """With all that the columns write."""
        return self.written_out(self.model._default_manager.all())

    # What a kind says

    def written_out(self, things: QuerySet[Any]) -> QuerySet[Any]:
        """Of those that leave in a file, with all that the columns write."""
        return things.prefetch_related(*self.written_with)

    def how_many(self, things: QuerySet[Any]) -> int:
        """Rows that these, `written_out`, are in a file."""
        return things.count()

    def spread(self, things: Iterable[Any]) -> Iterable[M]:
        """As they stand in rows."""
        return things

    @abstractmethod
    def found(self, said: Sequence[Said], by: User) -> Found[M]: ...

    @abstractmethod
    def key(self, values: Mapping[str, str]) -> str:
        """What a row names, as another row of the file would."""

    def bound(self, thing: M | None, values: Mapping[str, str], by: User) -> forms.BaseModelForm[Any]:
        """The desk's form, as somebody would have filled it; of kinds whose row is one thing."""
        raise NotImplementedError

    def completed(self, values: dict[str, str]) -> dict[str, str]:
        """What follows of a new thing from what is said of it."""
        return values

    def refusal_for(self, look: Look[M], by: User) -> str:
        """Why a row is not done that could be."""
        return ""

    # Reading

    @property
    def column_choices(self) -> Sequence[tuple[str, StrOrPromise]]:
        return [(column.name, column.label) for column in self.columns]

    @cached_property
    def named(self) -> dict[str, Column[Any]]:
        return by_name(self.columns)

    def form(self, request: HttpRequest) -> FileForm:
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = self.form_class(*sent)
        form.vocabulary = self.vocabulary
        return form

    form_class: ClassVar[type[FileForm]] = FileForm
    columns_form_class: ClassVar[type[ColumnsForm]] = ColumnsForm

    def make(self, form: Any, *, by: User) -> Import:
        said = form.cleaned_data
        return actions.make(
            kind=self.name,
            source=said.get("source", ""),
            ground=said.get("ground", ""),
            for_all=form.for_all() if hasattr(form, "for_all") else {},
            by=by,
            **form.read(),
        )

    def columns_form(self, of: Import, data: Any = None) -> ColumnsForm:
        return self.columns_form_class(data, of=of, choices=self.column_choices)

    def refuse_columns(self, columns: Sequence[str]) -> None:
        errors.refuse_twice(columns)

    def rows(self, of: Import, entries: Sequence[Entry]) -> list[Said]:
        return [self.read(of.columns, entry.cells) for entry in entries]

    def read(self, columns: Sequence[str], cells: Sequence[str]) -> Said:
        said = Said({})
        for name, cell in zip(columns, cells, strict=False):
            column = self.named.get(name)
            if column is None or not cell.strip():
                continue
            try:
                if value := column.read_cell(cell):
                    said.values[name] = value
            except CellRefused as refusal:
                said.problems.append(str(refusal))
        return said

    def found_by(self, columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
        return {"key": self.key(self.read(columns, cells).values)[:254]}

    def written(self, thing: M) -> dict[str, str]:
        return {column.name: column.write(thing) for column in self.columns}

    # Looking

    def page(self, of: Import, now: datetime, *, what: str = "", number: str | None = None) -> ThingsPage:
        return ThingsPage(of, now, what=what, number=number)

    def looked(self, of: Import, now: datetime) -> list[Looked]:
        assert of.read_by is not None
        return [self.told(look) for look in self.looks(of, list(of.entries.all()), by=of.read_by)]

    def told(self, look: Look[M]) -> Looked:
        return Looked(
            look.entry,
            look.outcome,
            look.why,
            look.said.values.get(self.name_column, "") or (str(look.thing) if look.thing else ""),
            self.beside(look),
            self.words(look.changes) if look.outcome == Outcome.CHANGED else (),
        )

    def foresee(self, of: Import, entries: Sequence[Entry]) -> None:
        assert of.read_by is not None
        for look in self.looks(of, entries, by=of.read_by):
            look.entry.foreseen = self.told(look).kept | {"thing": look.thing.pk if look.thing else None}

    def beside(self, look: Look[M]) -> str:
        """By what else a row is known."""
        return look.entry.email

    def words(self, changes: Changes) -> list[tuple[str, str, str]]:
        """Of what becomes otherwise, as people read it."""
        return [
            (str(column.label), column.shown(before), column.shown(after))
            for name, (before, after) in changes.items()
            if (column := self.named.get(name))
        ]

    def looks(self, of: Import, entries: Sequence[Entry], *, by: User) -> list[Look[M]]:
        """Of rows in their order, as things are now."""
        every = self.rows(of, entries)
        found = self.found(every, by)
        first = [self.look(entry, said, found, by) for entry, said in zip(entries, every, strict=True)]
        seen = self.rows_before(of, first)
        looks = []
        for look in first:
            entry, said = look.entry, look.said
            names = [("key", entry.key)] if entry.key else []
            names += [("thing", look.thing.pk)] if look.thing else []
            if (before := next((seen[one] for one in names if one in seen), None)) is not None:
                look = self.again(look, *before)
            elif look.outcome != Outcome.REFUSED:
                seen |= dict.fromkeys(names, (entry.number, said))
            looks.append(look)
        self.leave_alone_what_changed(of, looks)
        return looks

    def rows_before(self, of: Import, looks: Sequence[Look[M]]) -> dict[tuple[str, object], tuple[int, Said]]:
        """What the rows that were done say of what these name, by that."""
        entries = [look.entry for look in looks]
        things = "foreseen__thing" if of.is_draft else "thing"
        same = Q(key__in={entry.key for entry in entries} - {""})
        same |= Q(**{f"{things}__in": list({look.thing.pk for look in looks if look.thing})})
        seen: dict[tuple[str, object], tuple[int, Said]] = {}
        done = list(rows_told(of, entries).filter(same).order_by("-number"))
        for one, said in zip(done, self.rows(of, done), strict=True):
            row = one.number, said
            thing = one.foreseen.get("thing") if of.is_draft else one.thing
            seen |= {("key", one.key): row} if one.key else {}
            seen |= {("thing", thing): row} if thing else {}
        return seen

    def again(self, look: Look[M], number: int, before: Said) -> Look[M]:
        """A row that names what another row names already."""
        if before.values == look.said.values:
            why = _("It stands on row %(number)d already.")
            return Look(look.entry, look.said, Outcome.SAME, why % {"number": number}, look.thing)
        why = _("Row %(number)d says otherwise of the same.")
        return Look(look.entry, look.said, Outcome.REFUSED, why % {"number": number})

    def look(self, entry: Entry, said: Said, found: Found[M], by: User) -> Look[M]:
        try:
            thing = found.meant(said)
        except RowRefused as refusal:
            return Look(entry, said, Outcome.REFUSED, " ".join([*said.problems, str(refusal)]))
        if said.problems:
            return Look(entry, said, Outcome.REFUSED, " ".join(said.problems), thing)
        changes = self.changes(thing, said)
        if thing is not None and not changes:
            return Look(entry, said, Outcome.SAME, thing=thing)
        outcome = Outcome.NEW if thing is None else Outcome.CHANGED
        look = Look(entry, said, outcome, thing=thing, changes=changes)
        if why := self.refusal_for(look, by) or self.refusal_of_form(look, by):
            return Look(entry, said, Outcome.REFUSED, why, thing)
        return look

    def changes(self, thing: M | None, said: Said) -> Changes:
        if thing is None:
            return {name: ["", value] for name, value in self.completed(said.values).items()}
        now = self.written(thing)
        return {name: [now[name], value] for name, value in said.values.items() if not same(now[name], value)}

    def filled(self, thing: M | None, changes: Changes) -> dict[str, str]:
        """All columns as they will be."""
        return (self.written(thing) if thing else {}) | {
            name: after for name, (_was, after) in changes.items()
        }

    def refusal_of_form(self, look: Look[M], by: User) -> str:
        form = self.bound(copy(look.thing), self.filled(look.thing, look.changes), by)
        # Whether others have the same is known from what was found; the row is asked again when it is done.
        vars(form).update(validate_unique=lambda: None, validate_constraints=lambda: None)
        return self.problems(form)

    def problems(self, form: forms.BaseForm) -> str:
        """What the form says, each with its column."""
        sentences = []
        for name, messages in form.errors.items():
            column = self.named.get("code" if name == "slug" else name)
            label = str(column.label) if column else form[name].label if name in form.fields else ""
            sentences += [f"{label}: {message}" if label else str(message) for message in messages]
        return " ".join(sentences)

    def leave_alone_what_changed(self, of: Import, looks: Sequence[Look[M]]) -> None:
        things = [look.thing.pk for look in looks if look.thing and look.outcome == Outcome.CHANGED]
        changed = self.changed_since(things, of)
        for look in looks:
            if look.thing and look.outcome == Outcome.CHANGED and look.thing.pk in changed:
                look.outcome = Outcome.REFUSED
                look.why = _(
                    "%(person)s changed it since this file was read. Read the file again to see what differs now."
                ) % {"person": changed[look.thing.pk]}

    def changed_since(self, things: Sequence[int], of: Import) -> dict[int, str]:
        """Which of these somebody else changed since the file was read, and who."""
        if not things:
            return {}
        wanted = Q(content_type=ContentType.objects.get_for_model(self.model), object_id__in=things)
        for model, belongs in self.parts.items():
            part = {f"additional_data__{belongs}__in": list(things)}
            wanted |= Q(content_type=ContentType.objects.get_for_model(model), **part)
        entries = (
            LogEntry.objects.filter(wanted, timestamp__gt=of.read_at)
            .exclude(action=LogEntry.Action.ACCESS)
            .exclude(actor=of.read_by)
            .select_related("actor", "content_type")
        )
        itself = self.model._meta.model_name
        return {
            int(
                entry.object_id
                if entry.content_type.model == itself
                else (entry.additional_data or {})[self.parts[entry.content_type.model_class()]]
            ): str(entry.actor or _("The station itself"))
            for entry in entries
        }
