"""Which activities and sessions the rows of a file are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now

from accounts.models import User
from catalog.models import Activity, Session
from desk.translations import LANGUAGES
from hubs.scope import in_scope
from imports.reading.values import plain

from .activity_columns import COLUMNS, SESSION, Run
from .looking import Found, RowRefused, Said

TITLES = tuple(f"title_{code}" for code in LANGUAGES)


def plain_words(row: Any, *names: str) -> set[str]:
    return {plain(text) for name in names for code in LANGUAGES if (text := getattr(row, f"{name}_{code}"))}


class FoundRuns(Found[Run]):
    """Of what this person may see."""

    def __init__(self, every: Sequence[Said], things: QuerySet[Activity], by: User) -> None:
        codes = {said.values["code"] for said in every if "code" in said.values}
        without_code = [said.values for said in every if "code" not in said.values]
        titles = {plain(values[name]) for values in without_code for name in TITLES if name in values}
        self.of_code: dict[str, Activity] = {}
        self.of_title: dict[tuple[str, str], dict[int, Activity]] = {}
        taken = dict(Activity.objects.filter(slug__in=codes).values_list("slug", "pk"))
        mine = in_scope(things, by, host="host")
        every_title = mine.prefetch_related(None).values_list("pk", *TITLES) if titles else ()
        wanted = {pk for pk, *names in every_title if titles & {plain(name) for name in names if name}}
        for activity in mine.filter(pk__in={*wanted, *taken.values()}):
            self.of_code[activity.slug] = activity
            for title in plain_words(activity, "title"):
                host = activity.host.slug if activity.host else ""
                self.of_title.setdefault((title, host), {})[activity.pk] = activity
        self.not_mine = taken.keys() - self.of_code.keys()

    def meant(self, said: Said) -> Run | None:
        activity = self.activity(said)
        return Run(activity, self.session(activity, said)) if activity else None

    def activity(self, said: Said) -> Activity | None:
        code, host = said.values.get("code", ""), said.values.get("host", "")
        if code in self.not_mine:
            raise RowRefused(_now("Another activity has the code “%(code)s”.") % {"code": code})
        if code:
            return self.of_code.get(code)
        found = {
            pk: one
            for name in TITLES
            for pk, one in self.of_title.get((plain(said.values.get(name, "")), host), {}).items()
        }
        if len(found) > 1:
            raise RowRefused(
                _now("Several activities have this title. Say the code of the one that is meant.")
            )
        return next(iter(found.values()), None)

    def session(self, activity: Activity, said: Said) -> Session | None:
        """By its code; else the one that starts at the same time."""
        code = said.values.get("session_code", "")
        sessions = list(activity.sessions.all())
        if code:
            found = [one for one in sessions if str(one.uid) == code]
            if not found:
                raise RowRefused(_now("The activity has no session with this code."))
            return found[0]
        start = starts(said.values)
        return next((one for one in sessions if start and starts(written(Run(activity, one))) == start), None)


def starts(values: Mapping[str, str]) -> str:
    return (values.get("meetings_text", "") or values.get("starts_at", ""))[:16]


def written(run: Run) -> dict[str, str]:
    return {column.name: column.write(run) for column in COLUMNS}


def speaks_of_session(values: Mapping[str, Any]) -> bool:
    return not SESSION.isdisjoint(values)
