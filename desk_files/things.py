"""What all kinds of things in files have in common: a row names a thing or a new one, and says some of what the desk's form
says of it. It goes through that form; an empty cell changes nothing.

A thing that somebody else changed since the file was read is left alone: no row writes over what nobody saw.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from imports.models import Entry, Import

from .columns import same
from .looking import Changes, Found, Look, Looking, Numbered, RowRefused, Said
from .undoing import UndoOutlook, used

Outcome = Entry.Outcome
Back = Entry.Back


class Things[M: Numbered](Looking[M]):
    undoing_template = "desk_files/undoing.html"
    at_once = 100

    def save(
        self,
        form: forms.BaseModelForm[Any],
        values: Mapping[str, str],
        *,
        of: Import,
        by: User,
        now: datetime,
    ) -> M:
        """Write what the valid form says; `values` are the columns that become otherwise."""
        raise NotImplementedError

    def unmake(self, thing: M, entry: Entry, *, by: User, now: datetime) -> Entry.Back:
        self.model._base_manager.filter(pk=thing.pk).get().delete()
        return Back.UNTOLD

    def stay(self, things: Collection[int]) -> dict[int, Entry.Back]:
        """Which of these are not taken out although nobody changed them, and why."""
        return dict.fromkeys(used(self.model, things, besides=self.goes_with_it), Back.USED)

    # Doing

    def still_stands_for(self, of: Import, by: User) -> bool:
        return self.may(by)

    def lock(self, things: Iterable[int | None]) -> None:
        """As the desk does who saves them. In the order of their numbers."""
        rows = self.model._base_manager.select_for_update(of=("self",), no_key=True)
        list(rows.filter(pk__in=[pk for pk in things if pk]).order_by("pk").values_list("pk"))

    def do(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        every = self.rows(of, entries)
        found = self.found(every, by)
        meant = [self.meant_or_none(found, said) for said in every]
        return self.do_these(of, entries, meant, by=by, now=now)

    def do_these(
        self,
        of: Import,
        entries: Sequence[Entry],
        meant: Iterable[M | None],
        *,
        by: User,
        now: datetime | None,
    ) -> datetime:
        """Rows of which is known what they mean, as far as it can be before that is locked."""
        self.lock([thing.pk for thing in meant if thing])
        moment = now or timezone.now()
        for look in self.looks(of, entries, by=by):  # after the lock
            self.settle(look, of, by=by, now=moment)
        return moment

    def meant_or_none(self, found: Found[M], said: Said) -> M | None:
        try:
            return found.meant(said)
        except RowRefused:
            return None

    def settle(self, look: Look[M], of: Import, *, by: User, now: datetime) -> None:
        """Do the row, and write into it what came of it."""
        entry = look.entry
        entry.outcome, entry.why, entry.at = look.outcome, look.why, now
        entry.thing = look.thing.pk if look.thing else None
        if look.outcome not in Entry.REGISTERED:
            return
        try:
            with transaction.atomic():
                thing = self.write(look, of, by=by, now=now)
        except RowRefused as refusal:
            entry.outcome, entry.why = Outcome.REFUSED, str(refusal)
        except IntegrityError:
            entry.outcome = Outcome.REFUSED
            entry.why = _("Somebody made the same at the same time. Import this row again.")
        else:
            entry.thing, entry.changes = thing.pk, self.became(look, thing)

    def became(self, look: Look[M], thing: M) -> Changes:
        """What a row that is done changed: of a new thing all that its columns say."""
        if look.outcome != Outcome.NEW:
            return look.changes
        again = self.things().get(pk=thing.pk)
        return {name: ["", value] for name, value in self.written(again).items()}

    def write(self, look: Look[M], of: Import, *, by: User, now: datetime) -> M:
        form = self.bound(look.thing, self.filled(look.thing, look.changes), by)
        if not form.is_valid():
            raise RowRefused(self.problems(form))
        values = {name: after for name, (_before, after) in look.changes.items()}
        return self.save(form, values, of=of, by=by, now=now)

    # Taking back

    def take_back(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        numbers = [entry.thing for entry in entries if entry.thing]
        # Also against who would hang something on one of them meanwhile.
        list(self.model._base_manager.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk"))
        moment = now or timezone.now()
        things = {thing.pk: thing for thing in self.things().filter(pk__in=numbers)}
        stay = self.stay(things.keys())
        for entry in entries:
            thing = things.get(entry.thing or 0)
            back, given = self.way_back(entry, thing, stay)
            if thing is not None and back == Back.UNTOLD:
                back = self.unmake(thing, entry, by=by, now=moment)
            if thing is not None and given and not self.give_back(thing, given, of=of, by=by, now=moment):
                back = Back.TOUCHED
            entry.back, entry.taken_back_at = back, moment
        return moment

    def way_back(
        self, entry: Entry, thing: M | None, stay: Mapping[int, Entry.Back]
    ) -> tuple[Entry.Back, dict[str, str]]:
        """What taking back a row comes to, and which columns then say again what they said."""
        if thing is None:
            return Back.GONE, {}
        now = self.written(thing)
        as_left = {
            name: before for name, (before, after) in entry.changes.items() if same(now.get(name, ""), after)
        }
        if entry.outcome == Outcome.NEW:
            if len(as_left) < len(entry.changes):
                return Back.TOUCHED, {}
            return stay.get(thing.pk, Back.UNTOLD), {}
        if not as_left:
            return Back.TOUCHED, {}
        return (Back.GIVEN if len(as_left) == len(entry.changes) else Back.PARTLY), as_left

    def give_back(self, thing: M, values: dict[str, str], *, of: Import, by: User, now: datetime) -> bool:
        form = self.bound(thing, self.written(thing) | values, by)
        if not form.is_valid():
            return False
        self.save(form, values, of=of, by=by, now=now)
        return True

    def undo_outlook(self, of: Import, now: datetime, *, reader: User) -> UndoOutlook:
        entries = list(of.entries.registered().filter(thing__isnull=False))
        things = {thing.pk: thing for thing in self.things().filter(pk__in=[one.thing for one in entries])}
        stay = self.stay(things.keys())
        return UndoOutlook(
            (thing, self.way_back(entry, thing, stay)[0])
            for entry in entries
            for thing in [things.get(entry.thing or 0)]
        )
