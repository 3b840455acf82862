"""What is copied with an activity, and what is not. Rooms say here what becomes of their rows.

The catalog's own are copied by `actions.py`, as `rows.py` says. A test fails for a model that leads to an activity, a
session or a meeting and that no room answers for (tests/test_lists.py).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Model
from django_stubs_ext import StrOrPromise

from accounts.models import User
from catalog.models import Activity, Meeting, Session


@dataclass(frozen=True, kw_only=True)
class Copied:
    """`draft` is what came of `source`, whose row and whose sessions are locked. `sessions` and `meetings` are the new ones,
    by the numbers of those they were copied from; what was not chosen is not among them."""

    source: Activity
    draft: Activity
    sessions: Mapping[int, Session]
    meetings: Mapping[int, Meeting]
    by: User
    now: datetime


class Part(NamedTuple):
    covers: frozenset[type[Model]]
    words: StrOrPromise
    copy: Callable[[Copied], None] | None


parts: list[Part] = []


def copied_with_an_activity(
    copy: Callable[[Copied], None], *, covers: Collection[type[Model]], words: StrOrPromise
) -> None:
    """From now on `copy` is called in the transaction of the copy, once its sessions and meetings are there. `words` name
    what comes along, for who is about to copy, as in “the questions of the form”."""
    add(Part(frozenset(covers), words, copy))


def not_copied(*, covers: Collection[type[Model]], words: StrOrPromise) -> None:
    """These rows belong to what was held once. `words` name what stays behind, as in “certificates”."""
    add(Part(frozenset(covers), words, None))


def add(part: Part) -> None:
    if part not in parts:
        parts.append(part)


def answered_for() -> set[type[Model]]:
    return {model for part in parts for model in part.covers}
