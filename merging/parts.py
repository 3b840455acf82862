"""What becomes of a room's rows when two people, or two organizations, are merged. Rooms say it here, in their `apps.py`.

`actions.py` and `undoing.py` ask the parts. A test fails for a model that points to an organization, or that leads to a
person, and that no room answers for (tests/test_lists.py).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from accounts.models import Organization, User

from .models import Merge
from .moving import Moving, Undoing


@dataclass(frozen=True)
class Line:
    """Of the page that says beforehand what would happen. What moves has a count, and is not shown when there is none; what
    has no count is a sentence, and is shown."""

    words: StrOrPromise
    count: int | None = None

    def __str__(self) -> str:
        if self.count is None:
            return str(self.words)
        return _("%(label)s: %(text)s") % {"label": self.words, "text": self.count}


def nothing(*_args: Any) -> None:
    """A part that has nothing to do there."""


def no_lines(*_args: Any) -> list[Line]:
    return []


def met_nowhere(*_args: Any) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Part[M: Model]:
    """`covers` are the models it answers for. All but `outlook(kept, gone)`, which reads alone, are called in the
    transaction of the merge:

    - `lock(kept, gone)` locks what is locked before people and organizations everywhere (sessions, in the order of their
      numbers, then people). So does an undo.
    - `check(kept, gone)` raises a CannotMerge; the page asks it, too.
    - `move(moving)` moves the rows, by `moving` alone. It handles those that would break a rule.
    - `give_back(undoing)` is asked before the rest is given back, for what does not go back column by column: it takes
      those out of `undoing.moved`, and puts among `undoing.left` what stays.
    - `met(merge, later)` says whether what the one moved was joined with what a later one into the same moved. Then the
      later is undone first. That both changed one row is seen without it.
    - `settle(kept, gone)` comes last, also after an undo: what is counted, indexed or kept anew.

    `not_moved` says of what stays with the one that goes, and why.
    """

    covers: Collection[type[Model]]
    outlook: Callable[[M, M], list[Line]] = no_lines
    lock: Callable[[M, M], None] = nothing
    check: Callable[[M, M], None] = nothing
    move: Callable[[Moving[M]], None] = nothing
    give_back: Callable[[Undoing[M]], None] = nothing
    met: Callable[[Merge, Merge], bool] = met_nowhere
    settle: Callable[[M, M], None] = nothing
    not_moved: StrOrPromise = ""


of_people: list[Part[User]] = []
of_organizations: list[Part[Organization]] = []


def when_people_merge(part: Part[User]) -> None:
    if part not in of_people:
        of_people.append(part)


def when_organizations_merge(part: Part[Organization]) -> None:
    if part not in of_organizations:
        of_organizations.append(part)


def rows_move[M: Model](
    model: type[Model],
    field: str,
    words: StrOrPromise,
    *,
    settle: Callable[[M, M], None] = nothing,
) -> Part[M]:
    """Of a model whose rows point to one of the two by `field`, and where any number of them may point to the same. `words`
    name them, as in “agreements”."""

    def of(gone: M) -> QuerySet[Any]:
        return model._base_manager.filter(**{field: gone})

    return Part(
        covers=(model,),
        outlook=lambda kept, gone: [Line(words, of(gone).count())],
        lock=lambda kept, gone: lock_rows(of(gone)),
        move=lambda moving: nothing(moving.move_rows(of(moving.gone), field)),
        settle=settle,
    )


def lock_rows(rows: QuerySet[Any]) -> None:
    """In the order of their numbers, until the transaction ends."""
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def answered_for(parts: Collection[Part[Any]]) -> set[type[Model]]:
    return {model for part in parts for model in part.covers}
