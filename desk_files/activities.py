"""Activities in a file, with their sessions and meetings: one row for each session.

They come in as drafts; nothing is published by a file. What people were told is changed at the desk, where they hear of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog import actions as catalog_actions
from catalog.errors import CannotDelete
from catalog.models import Activity, Meeting, Picture, Session, Topic
from hubs.models import Host
from imports.models import Entry, Import
from imports.reading.values import plain
from registrations.errors import Refused

from .activity_columns import ACTIVITY, COLUMNS, SESSION, Run
from .activity_finding import TITLES, FoundRuns, plain_words, speaks_of_session, starts, written
from .activity_forms import Both, again
from .columns import lines, listed, same
from .looking import Changes, Found, Look, RowRefused, Said, rows_told, vocabulary_of
from .things import Things
from .undoing import UndoOutlook, used

Outcome = Entry.Outcome
Back = Entry.Back


def of_session(number: int, values: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """What a row says of its session, by when that starts."""
    said = [f"{name}: {value}" for name, value in sorted(values.items()) if name in SESSION]
    return {f"session {starts(values)}": (number, "\n".join(said))}


class Activities(Things[Run]):
    name = "activities"
    title = _("Import activities")
    lead = _(
        "From a spreadsheet with a session on each row. First you see row by row what would happen; until you say so, "
        "nothing changes. New ones are drafts."
    )
    things_name = _("activities")
    list_address = reverse_lazy("admin:catalog_activity_changelist")
    rules = (
        _(
            "The code says which activity a row is about; without it, its title and host. A code that nobody has makes a "
            "new one."
        ),
        _(
            "An activity with several sessions has a row for each: its texts may stand on the first row alone, its code, "
            "or its title and host, on all."
        ),
        _(
            "Meetings stand as in the form, each on a line of the cell: “2026-12-01 10:00–11:30 Title | Titre | Título”, "
            "on the clock of the host, or of the time zone that is said."
        ),
        _(
            "Nothing is published. Hours, place, link and places of a session that is public or has people are changed at "
            "the desk, where they are told."
        ),
    )
    model = Activity
    columns = COLUMNS
    name_column = "title_en"
    vocabulary = vocabulary_of(COLUMNS, Path(__file__).with_name("headings") / "activities.toml")
    permissions = (
        *("catalog.add_activity", "catalog.change_activity"),
        *("catalog.add_session", "catalog.change_session"),
    )
    parts = {Session: "activity"}
    at_once = 20
    goes_with_it: ClassVar = ()

    # A file that leaves

    def written_out(self, things: Any) -> Any:
        sessions = (
            Session.objects.select_related("activity__host")
            .prefetch_related("meetings")
            .order_by("starts_at", "pk")
        )
        return things.select_related("host").prefetch_related("topics", Prefetch("sessions", sessions))

    def how_many(self, things: Any) -> int:
        counted = list(things.order_by().values_list("pk", flat=True))
        with_sessions = Session.objects.filter(activity__in=counted)
        return with_sessions.count() + len(counted) - with_sessions.values("activity").distinct().count()

    def spread(self, things: Iterable[Activity]) -> Iterable[Run]:
        for activity in things:
            sessions = list(activity.sessions.all())
            yield from (Run(activity, session) for session in sessions)
            if not sessions:
                yield Run(activity)

    # Reading

    def rows(self, of: Import, entries: Sequence[Entry]) -> list[Said]:
        every = super().rows(of, entries)
        hosts = {name: one for one in Host.objects.all() for name in {one.slug, *plain_words(one, "name")}}
        topics = {
            name: one.slug for one in Topic.objects.all() for name in {one.slug, *plain_words(one, "name")}
        }
        for said in every:
            if host := said.values.get("host", ""):
                if one := hosts.get(plain(host)):
                    said.values["host"] = one.slug
                else:
                    self.unknown(said, "host", host)
            pieces = lines(said.values.get("topics", ""))
            if missing := [piece for piece in pieces if plain(piece) not in topics]:
                self.unknown(said, "topics", missing[0])
            elif pieces:
                said.values["topics"] = listed({topics[plain(piece)] for piece in pieces})
        return every

    def unknown(self, said: Said, column: str, cell: str) -> None:
        words = _now("%(column)s: “%(cell)s” is not known.")
        said.problems.append(words % {"column": self.named[column].label, "cell": cell[:100]})

    def key(self, values: Mapping[str, str]) -> str:
        title = next((plain(values[name]) for name in TITLES if name in values), "")
        return values.get("code") or f"{title} {plain(values.get('host', ''))}".strip()

    def found(self, said: Sequence[Said], by: User) -> FoundRuns:
        return FoundRuns(said, self.things(), by)

    # Looking

    def looks(self, of: Import, entries: Sequence[Entry], *, by: User) -> list[Look[Run]]:
        """A row may be about what a row before it says or makes."""
        every = self.rows(of, entries)
        found = self.found(every, by)
        before = self.told_before(of, entries)
        looks = []
        for entry, said in zip(entries, every, strict=True):
            told = before.setdefault(entry.key, {})
            look = self.look_beside(entry, said, found, told, by)
            if look.outcome != Outcome.REFUSED:
                told |= {
                    name: (entry.number, value) for name, value in said.values.items() if name in ACTIVITY
                }
                told |= of_session(entry.number, said.values)
            looks.append(look)
        self.leave_alone_what_changed(of, looks)
        return looks

    def told_before(self, of: Import, entries: Sequence[Entry]) -> dict[str, dict[str, tuple[int, str]]]:
        """What rows that were done say of the activities of these, by what they name."""
        told: dict[str, dict[str, tuple[int, str]]] = {}
        done = rows_told(of, entries).filter(key__in={entry.key for entry in entries}).exclude(key="")
        ones = list(done.order_by("number"))
        for one, said in zip(ones, self.rows(of, ones), strict=True):
            row = {name: (one.number, value) for name, value in said.values.items() if name in ACTIVITY}
            told.setdefault(one.key, {}).update(row | of_session(one.number, said.values))
        return told

    def look_beside(
        self, entry: Entry, said: Said, found: FoundRuns, told: Mapping[str, tuple[int, str]], by: User
    ) -> Look[Run]:
        for name, value in said.values.items():
            number, before = told.get(name, (0, value))
            if not same(before, value):
                words = _now("Row %(number)d says otherwise of the same activity: %(column)s.")
                why = words % {"number": number, "column": self.named[name].label}
                return Look(entry, said, Outcome.REFUSED, why)
        [(name, (_own, session))] = of_session(entry.number, said.values).items()
        number, before = told.get(name, (0, ""))
        if number and (starts(said.values) or not speaks_of_session(said.values)):
            if not same(before, session):
                why = _now("Row %(number)d says otherwise of the same.") % {"number": number}
                return Look(entry, said, Outcome.REFUSED, why)
            why = _now("It stands on row %(number)d already.") % {"number": number}
            return Look(entry, said, Outcome.SAME, why)
        rest = {name: value for name, (_number, value) in told.items() if name in ACTIVITY}
        return self.look(entry, Said(rest | said.values, said.problems, said.facts), found, by)

    def beside(self, look: Look[Run]) -> str:
        return starts(look.said.values)

    def changes(self, thing: Run | None, said: Said) -> Changes:
        now = written(thing) if thing else {}
        if thing is None or (thing.session is None and speaks_of_session(said.values)):
            now |= dict.fromkeys(SESSION, "")
        return {
            name: [now.get(name, ""), value]
            for name, value in said.values.items()
            if name != "session_code" and not same(now.get(name, ""), value)
        }

    def look(self, entry: Entry, said: Said, found: Found[Run], by: User) -> Look[Run]:
        look = super().look(entry, said, found, by)
        if look.outcome == Outcome.CHANGED and look.thing and not look.thing.session:
            look.outcome = Outcome.NEW if speaks_of_session(look.changes) else look.outcome
        return look

    def refusal_for(self, look: Look[Run], by: User) -> str:
        run = look.thing
        if run is None and not any(look.said.values.get(name) for name in TITLES):
            return _now("Missing: %(what)s.") % {"what": _now("Title")}
        if run and run.activity.published_at and run.session is None and speaks_of_session(look.changes):
            return _now(
                "This activity is or was public. Add sessions to it at the desk, or give a code of its own to make another."
            )
        if run and run.activity.published_at and "host" in look.changes:
            return _now("This activity is or was public. Change its host at the desk.")
        return ""

    def both(self, run: Run | None, changes: Changes, by: User) -> Both:
        return Both(run, self.filled(run, changes), changes.keys(), by)

    def refusal_of_form(self, look: Look[Run], by: User) -> str:
        both = self.both(again(look.thing), look.changes, by)
        both.trust_what_was_found()
        return (
            " ".join(sentence for form in both.forms for sentence in [self.problems(form)] if sentence)
            or both.refusal()
        )

    def leave_alone_what_changed(self, of: Import, looks: Sequence[Look[Run]]) -> None:
        super().leave_alone_what_changed(of, [look for look in looks if look.thing])

    # Doing

    def lock(self, things: Iterable[int | None]) -> None:
        """Sessions first, as everywhere."""
        numbers = [pk for pk in things if pk]
        sessions = Session.objects.select_for_update(of=("self",), no_key=True).filter(activity__in=numbers)
        list(sessions.order_by("pk").values_list("pk"))
        super().lock(numbers)

    def do(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        """Rows of one activity one after the other: the second finds what the first made."""
        left, moment = list(entries), now or timezone.now()
        while left:
            said = self.rows(of, left)
            found = self.found(said, by)
            meant = {entry.pk: self.meant_or_none(found, one) for entry, one in zip(left, said, strict=True)}
            known = {entry.key for entry in left if meant[entry.pk]}
            first = {entry.key: entry for entry in reversed(left)}
            some = [
                entry for entry in left if not entry.key or entry.key in known or first[entry.key] is entry
            ]
            moment = self.do_these(of, some, [meant[entry.pk] for entry in some], by=by, now=now)
            Entry.objects.bulk_update(some, ["outcome", "thing", "at"])  # the next ones ask for it
            left = [entry for entry in left if entry not in some]
        return moment

    def write(self, look: Look[Run], of: Import, *, by: User, now: datetime) -> Run:
        both = self.both(look.thing, look.changes, by)
        if problems := " ".join(filter(None, map(self.problems, both.forms))) or both.refusal():
            raise RowRefused(problems)
        try:
            return both.save(now)
        except Refused as refusal:
            raise RowRefused(refusal.sentence) from refusal

    def became(self, look: Look[Run], thing: Run) -> Changes:
        """Also what the forms filled in: of a new activity all, of a new session all that is the session's."""
        is_now = written(self.run(thing.pk, thing.session))
        before = look.thing.session if look.thing else None
        filled = SESSION if thing.session and not before else frozenset()
        changes = {
            name: [look.changes.get(name, ["", ""])[0], value]
            for name, value in is_now.items()
            if name in look.changes or name in filled or look.thing is None
        }
        return changes | {"session_code": [str(before.uid) if before else "", is_now["session_code"]]}

    def run(self, pk: int, session: Session | None) -> Run:
        activity = self.things().get(pk=pk)
        number = session.pk if session else None
        return Run(activity, next((one for one in activity.sessions.all() if one.pk == number), None))

    # Taking back

    def runs(self, entries: Sequence[Entry]) -> dict[int, Run]:
        """Of each row what is there of it."""
        found = self.things().filter(pk__in=[entry.thing for entry in entries if entry.thing])
        activities = {activity.pk: activity for activity in found}
        runs = {}
        for entry in entries:
            uid = entry.changes.get("session_code", ["", ""])[1]
            activity = activities.get(entry.thing or 0)
            if activity is None:
                continue
            session = next((one for one in activity.sessions.all() if str(one.uid) == uid), None)
            if session or not uid:
                runs[entry.pk] = Run(activity, session)
        return runs

    def take_back(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        self.lock([entry.thing for entry in entries])
        moment = now or timezone.now()
        for entry in entries:  # one after the other: an activity goes once its other sessions are gone
            run = self.runs([entry]).get(entry.pk)
            entry.back, given = self.back(entry, run)
            entry.taken_back_at = moment
            if run is None:
                continue
            if entry.back == Back.UNTOLD:
                entry.back = self.unmake_run(entry, run, by=by)
            elif given:
                both = Both(run, written(run) | given, given.keys(), by)
                if any(map(self.problems, both.forms)) or both.refusal():
                    entry.back = Back.TOUCHED
                else:
                    both.save(moment)
        return moment

    def back(self, entry: Entry, run: Run | None) -> tuple[Entry.Back, dict[str, str]]:
        if run is None:
            return Back.GONE, {}
        if entry.outcome == Outcome.NEW and self.is_in_use(entry, run):
            return Back.USED, {}
        now = written(run)
        left = {name: both for name, both in entry.changes.items() if name != "session_code"}
        as_left = {name: before for name, (before, after) in left.items() if same(now[name], after)}
        if entry.outcome == Outcome.NEW:
            return (Back.UNTOLD if len(as_left) == len(left) else Back.TOUCHED), {}
        if not as_left:
            return Back.TOUCHED, {}
        return (Back.GIVEN if len(as_left) == len(left) else Back.PARTLY), as_left

    def is_in_use(self, entry: Entry, run: Run) -> bool:
        """Public, or somebody registered, or something else was added."""
        if run.activity.published_at:
            return True
        if run.session and used(Session, [run.session.pk], besides=(Meeting,)):
            return True
        return "code" in entry.changes and bool(used(Activity, [run.pk], besides=(Session, Picture)))

    def unmake_run(self, entry: Entry, run: Run, *, by: User) -> Entry.Back:
        if "code" not in entry.changes:
            given = {name: was for name, (was, _is) in entry.changes.items() if name in ACTIVITY}
            if run.session is not None:
                run.session.delete()
            if given:
                alone = Run(run.activity)
                Both(alone, written(alone) | given, given.keys(), by).save(timezone.now())
            catalog_actions.refresh(activity=run.activity)
            return Back.UNTOLD
        if run.activity.sessions.count() > bool(run.session):
            return Back.USED
        try:
            catalog_actions.delete_draft(activity=run.activity, by=by)
        except CannotDelete:
            return Back.USED
        return Back.UNTOLD

    def undo_outlook(self, of: Import, now: datetime, *, reader: User) -> Any:
        entries = list(of.entries.registered().filter(thing__isnull=False))
        runs = self.runs(entries)
        return UndoOutlook(
            (run, self.back(entry, run)[0]) for entry in entries for run in [runs.get(entry.pk)]
        )
