"""An import is done, and taken back, a few rows at a time: each part in a transaction of its own."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from .. import errors
from ..kinds import ADD, kind_of
from ..models import Entry, Import
from .lock import carry_on, lock_import, take_turns

DONE = ["outcome", "why", "at", "registration", "made_account", "key", "thing", "changes"]
TAKEN_BACK = ["back", "taken_back_at", "registration", "account_stays", "why"]


def go_on(*, of: Import, now: datetime | None = None, seconds: float | None = None) -> Import:
    """Do the rows that are left, some at a time, each part in a transaction of its own; in so many `seconds`, if any.

    Whoever is killed leaves what was done, and whoever goes on does the rest; two at once take turns. Nobody is done twice.
    """
    return carry_on(of, step, now=now, seconds=seconds)


@transaction.atomic
def step(of: Import, *, now: datetime | None = None) -> bool:
    """The next rows. False once there are none."""
    of = lock_import(of.pk)
    take_turns()
    by, kind = of.read_by, kind_of(of)
    # Undone meanwhile; or nobody stands for it any more, and it stands still.
    if not of.is_registering or by is None or not may_still(by) or not kind.still_stands_for(of, by):
        return False
    entries = list(of.entries.to_do()[: kind.at_once])
    if not entries:
        of.done_at = of.moved_at = now or timezone.now()
        of.save(update_fields=["done_at", "moved_at"])
        return False
    of.moved_at = kind.do(of, entries, by=by, now=now)
    Entry.objects.bulk_update(entries, DONE)
    of.save(update_fields=["moved_at"])
    return True


def may_still(by: User) -> bool:
    return by.is_active and by.has_perm(ADD)


@transaction.atomic
def begin_undo(*, of: Import, by: User, now: datetime | None = None) -> Import:
    """From now on no more of its rows are done, and those done are taken back by whoever calls `take_back`. Raises
    NotToBeUndone."""
    of = lock_import(of.pk)
    if not of.may_be_undone:
        raise errors.NotToBeUndone
    of.undo_began_at = of.moved_at = now or timezone.now()
    of.undone_by = by
    of.save(update_fields=["undo_began_at", "moved_at", "undone_by"])
    return of


def take_back(*, of: Import, now: datetime | None = None, seconds: float | None = None) -> Import:
    """What is left to be taken back, some rows at a time, as `go_on` does them."""
    return carry_on(of, step_back, now=now, seconds=seconds)


@transaction.atomic
def step_back(of: Import, *, now: datetime | None = None) -> bool:
    of = lock_import(of.pk)
    take_turns()
    by, kind = of.undone_by or of.read_by, kind_of(of)
    if not of.is_being_undone or by is None:
        return False
    entries = list(of.entries.to_take_back().select_related("registration__person")[: kind.at_once])
    if not entries:
        of.undone_at = of.moved_at = now or timezone.now()
        of.save(update_fields=["undone_at", "moved_at"])
        return False
    of.moved_at = kind.take_back(of, entries, by=by, now=now)
    Entry.objects.bulk_update(entries, TAKEN_BACK)
    of.save(update_fields=["moved_at"])
    return True
