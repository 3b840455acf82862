"""Two people at one form: who saves second is told what the first changed, and nothing typed is lost.

A form carries a mark of the history of its thing as it was when the form was opened. When it comes back and the history has
gone on, nothing is saved: the form is shown as it was typed, with what changed meanwhile, and a new mark. Saving it again is
then meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from texts.numbers import number_in
from texts.rows import listed

from .audit import history_of
from .history import tell

MARK = "_opened"
MOST_SHOWN = 20
MOST_IDS = 2**63 - 1  # of a history that is never thrown away

Parts = dict[type[Model], dict[str, object]]


@dataclass(frozen=True)
class EditConflict:
    """What happened to a thing since a form of it was opened."""

    mark: str  # for the form that is shown next
    entries: Sequence[LogEntry] = ()

    @property
    def sentence(self) -> str:
        """Empty when nothing happened."""
        if not self.entries:
            return ""
        people = list(dict.fromkeys(who(entry) for entry in self.entries))
        return _(
            "%(people)s changed this since you opened it, so nothing is saved yet. What you typed is kept in the form. "
            "Compare it with what was changed, and save again: then it counts as it stands in the form."
        ) % {"people": listed(people)}

    def refuse(self) -> None:
        """Raises ValidationError when something happened."""
        if self.entries:
            raise ValidationError(self.sentence, code="changed_meanwhile")


def edit_conflict(row: Model, parts: Parts, request: HttpRequest, *, name: str = MARK) -> EditConflict:
    """Ask it under the lock under which the form would be saved. A form without a mark is taken as it comes."""
    history = written_changes(row, parts)
    now = mark_of(history)
    opened = request.POST.get(name, "") if request.method == "POST" else ""
    if not opened or opened == now:
        return EditConflict(mark=now)
    return EditConflict(mark=now, entries=since(history, opened))


def written_changes(row: Model, parts: Parts) -> QuerySet[LogEntry]:
    return history_of(row, parts).exclude(
        action=LogEntry.Action.ACCESS
    )  # looking and exporting change nothing


def mark_of(history: QuerySet[LogEntry]) -> str:
    """The newest entry alone would not do: numbers are given before the commit, so an older number may appear later."""
    counts = history.order_by().aggregate(newest=Max("pk"), how_many=Count("pk"))
    return f"{counts['newest'] or 0}-{counts['how_many']}"


def since(history: QuerySet[LogEntry], opened: str) -> list[LogEntry]:
    newest, _dash, how_many = opened.partition("-")
    then = number_in(how_many)
    if number_in(newest, most=MOST_IDS) is None or then is None:
        return []
    later = max(history.count() - then, 0)
    return tell(history[: min(later, MOST_SHOWN)])


def who(entry: LogEntry) -> str:
    return str(entry.actor or entry.actor_email or _("The station itself"))
