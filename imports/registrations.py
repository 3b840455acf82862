"""People for a session: the kind of list that this room brings itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from catalog.models import Session
from desk.steps import recipients_sentence
from hubs.scope import sees_all_hosts
from registrations import errors as registration_errors
from registrations.actions.lock import ALL_OF_IT
from registrations.admin.adding import hour_words
from registrations.eligibility import refusals_for_everybody

from . import access, actions, errors
from .actions import registering, taking_back
from .facts import Reader
from .forms import ForAllColumnsForm, NewForm
from .kinds import Kind, Looked, of_session
from .models import Entry, Import
from .outlook import Outlooks
from .outlook_of_undoing import UndoOutlook
from .page import ImportPage
from .reading import Column
from .reading.columns import REGISTRATIONS


class RegistrationsPage(ImportPage):
    @cached_property
    def outlooks(self) -> Outlooks:
        session = Session.objects.prefetch_related(*ALL_OF_IT).get(pk=of_session(self.of).pk)
        return Outlooks(self.of, list(self.of.entries.all()), session, self.now)

    @cached_property
    def looked(self) -> list[Looked]:
        found = self.outlooks.all()
        self.letters = Counter(
            (one.person or one.facts).language for one in found if one.outcome in Entry.REGISTERED
        )
        return [
            Looked(one.entry, one.outcome, one.why or one.place, one.facts.name, one.entry.email)
            for one in found
        ]

    @cached_property
    def hours(self) -> str:
        """The hours of registration that keep all of them out, unless staff say why they are entered all the same."""
        if self.of.why:
            return ""
        refusals = refusals_for_everybody(of_session(self.of), self.now)
        outside = registration_errors.OutsideHours
        return " ".join(hour_words(one) for one in refusals if isinstance(one, outside))

    @property
    def recipients(self) -> str:
        """Only to who may know in which languages people read: it follows from what they said of themselves."""
        if self.of.read_by is None or not sees_all_hosts(self.of.read_by):
            return ""
        return recipients_sentence(self.letters)

    @property
    def lacks(self) -> str:
        if Column.EMAIL in self.of.columns or Column.CODE in self.of.columns:
            return ""
        return str(_("Which column holds the e-mail addresses?"))

    def name_of(self, entry: Entry) -> str:
        taken = (Column.NAME, Column.FIRST_NAME, Column.LAST_NAME)
        return " ".join(
            cell
            for cell, column in zip(entry.cells, self.of.columns, strict=False)
            if column in taken and cell
        )

    def name_of_stay(self, entry: Entry) -> str:
        return str(entry.registration.seen) if entry.registration else self.name_of(entry)

    @property
    def accounts_that_stay(self) -> int:
        """Made by it and used since. Who does not see the whole station learns nothing of accounts."""
        if self.of.read_by is None or not sees_all_hosts(self.of.read_by):
            return 0
        return self.of.entries.filter(account_stays=True).exclude(back="").count()


class Registrations(Kind):
    name = "registrations"
    title = _("Register many people")
    lead = _(
        "From a file or a pasted list. First you see row by row what would happen; until you say so, nobody is made, "
        "registered or written to."
    )
    begin_template = "imports/_begin_registrations.html"
    vocabulary = REGISTRATIONS
    at_once = 20  # for so long others who register for the session wait

    @property
    def column_choices(self) -> Sequence[tuple[str, StrOrPromise]]:
        return [(column.value, column.label) for column in Column]

    def form(self, request: HttpRequest) -> NewForm:
        sessions = access.sessions_for(request)
        if request.method == "POST":
            return NewForm(request.POST, request.FILES, sessions=sessions)
        return NewForm(sessions=sessions, initial={"session": request.GET.get("session"), "language": "en"})

    def make(self, form: Any, *, by: User) -> Import:
        said = form.cleaned_data
        return actions.make(
            session=said["session"],
            ground=said["ground"],
            source=said["source"],
            why=said["why"],
            for_all=form.for_all(),
            by=by,
            **form.read(),
        )

    def columns_form(self, of: Import, data: Any = None) -> ForAllColumnsForm:
        return ForAllColumnsForm(data, of=of, choices=self.column_choices)

    def refuse_columns(self, columns: Sequence[str]) -> None:
        named = [column for column in columns if column]
        if Column.EMAIL not in named and Column.CODE not in named:
            raise errors.NoAddresses
        errors.refuse_twice(named)

    def found_by(self, columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
        return {"email": Reader(columns, {}, []).email(cells)}

    def page(
        self, of: Import, now: datetime, *, what: str = "", number: str | None = None
    ) -> RegistrationsPage:
        return RegistrationsPage(of, now, what=what, number=number)

    def looked(self, of: Import, now: datetime) -> list[Looked]:
        return self.page(of, now).looked

    def still_stands_for(self, of: Import, by: User) -> bool:
        return registering.still_stands_for(of, by)

    def do(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        return registering.do(of, entries, by=by, now=now)

    def take_back(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        return taking_back.take_back_rows(of, entries, by=by, now=now)

    def undo_outlook(self, of: Import, now: datetime, *, reader: User) -> UndoOutlook:
        return UndoOutlook(of, now, reader=reader)
