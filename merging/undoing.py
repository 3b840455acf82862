"""A merge is undone: what still stands as it was moved goes back, what somebody changed meanwhile is left and told."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from desk.audit import note

from .actions import lock_both, until_it_stands_still
from .errors import CannotUndo, MergedOn, MetAnother, StandsOtherwise, TooLate, UndoneBefore
from .history import GIVEN_BACK
from .kinds import kind_of
from .models import UNDO_FOR, Merge, MovedRow
from .moving import Undoing, as_json, column, note_history, type_of, whole

LEADS = "merged_into"


def undo_merge(*, merge: Merge, by: User, now: datetime | None = None) -> list[MovedRow]:
    """Give back, last moved first. Answers what was left because it does not stand as it was moved. Raises a CannotUndo;
    PermissionDenied for who may not."""
    return until_it_stands_still(lambda: undo_once(merge, by=by, now=now))


@transaction.atomic
def undo_once(merge: Merge, *, by: User, now: datetime | None) -> list[MovedRow]:
    kind = kind_of(merge)
    if not by.has_perm(kind.permission):
        raise PermissionDenied
    kind.refuse(by, merge.kept, merge.gone)
    kept, gone = lock_both(kind, merge.kept, merge.gone)
    locked = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    now = now or timezone.now()
    why_not(locked, kept, gone, now=now)

    moved = list(locked.moved.select_related("content_type").order_by("-pk"))
    undoing = Undoing(kept=kept, gone=gone, by=by, now=now, moved=moved)
    for part in kind.parts:
        part.give_back(undoing)
    left = undoing.left
    for _alike, rows in groupby(
        undoing.moved, key=lambda row: (row.content_type_id, row.field, row.before, row.after)
    ):
        left += give_back(list(rows))
    if any(row.field == LEADS for row in left):
        raise StandsOtherwise(gone, kept)
    MovedRow.objects.filter(pk__in=[row.pk for row in left]).update(was_left=True)
    locked.undone_at, locked.undone_by = now, by
    locked.save(update_fields=["undone_at", "undone_by"])
    gone.refresh_from_db()  # called as it was
    note(kept, by=by, done=GIVEN_BACK, other=str(gone))
    note(gone, by=by, done=GIVEN_BACK, other=str(kept))
    for part in kind.parts:
        part.settle(kept, gone)
    kind.tell_undone(locked)
    return left


def why_not(merge: Merge, kept: Any, gone: Any, *, now: datetime) -> None:
    """Raises a CannotUndo where it stands. The page asks before anybody does it."""
    if merge.undone_at:
        raise UndoneBefore
    if now > merge.undo_until:
        raise TooLate
    if kept.merged_into_id:
        raise MergedOn(kept, kept.merged_into)
    if gone.merged_into_id != kept.pk:
        raise StandsOtherwise(gone, kept)
    if later := merged_on_top(merge):
        raise MetAnother(later.gone, kept)


def merged_on_top(merge: Merge) -> Merge | None:
    """The latest into the same one that stands, if what this one moved met what that one did: it goes back first."""
    kind = kind_of(merge)
    kept = f"kept_{kind.noun}_id"
    later = Merge.objects.filter(pk__gt=merge.pk, undone_at=None, **{kept: getattr(merge, kept)})
    for one in later.order_by("-pk"):
        if changed_the_same(merge, one) or any(part.met(merge, one) for part in kind.parts):
            return one
    return None


def changed_the_same(merge: Merge, later: Merge) -> bool:
    """But for what the one that stays tells of itself: that is compared column by column."""
    kept = Q(content_type=type_of(merge.kept), object_pk=str(merge.kept.pk))
    same = later.moved.filter(content_type=OuterRef("content_type"), object_pk=OuterRef("object_pk"))
    return merge.moved.exclude(kept).filter(Exists(same)).exists()


def can_undo(merge: Merge, *, now: datetime) -> bool:
    try:
        why_not(merge, merge.kept, merge.gone, now=now)
    except CannotUndo:
        return False
    return True


def give_back(moved: Sequence[MovedRow]) -> list[MovedRow]:
    """Of rows of one model that were changed alike. In one statement; one by one where a rule refuses some of them."""
    model = moved[0].content_type.model_class()
    assert model
    found = model._base_manager.select_for_update(of=("self",), no_key=True).in_bulk(
        [model._meta.pk.to_python(row.object_pk) for row in moved]
    )
    rows = {str(pk): row for pk, row in found.items()}
    standing: list[MovedRow] = []
    left: list[MovedRow] = []
    for one in moved:
        as_it_was = one.object_pk in rows and stands(rows[one.object_pk], one)
        (standing if as_it_was else left).append(one)
    try:
        with transaction.atomic():
            write(standing, rows)
    except IntegrityError:
        for one in standing:
            try:
                with transaction.atomic():
                    write([one], rows)
            except IntegrityError:
                left.append(one)
    return left


def stands(row: Model, moved: MovedRow) -> bool:
    """Whether it is as the merge left it."""
    return bool(moved.after == (as_json(row, moved.field) if moved.field else whole(row)))


def write(moved: Sequence[MovedRow], rows: dict[str, Any]) -> None:
    if not moved:
        return
    field, model = moved[0].field, type(rows[moved[0].object_pk])
    numbers = [rows[one.object_pk].pk for one in moved]
    if not field:
        for one in moved:
            rows[one.object_pk].delete()
        return
    name = column(rows[moved[0].object_pk], field).attname
    value = column(rows[moved[0].object_pk], field).to_python(moved[0].before)
    changed = []
    for one in moved:
        before = rows[one.object_pk]
        after = copy(before)
        setattr(after, name, value)
        changed.append((before, after))
    model._base_manager.filter(pk__in=numbers).update(**{name: value})
    note_history(changed)


def forget_what_was_moved(*, now: datetime) -> None:
    """Of merges that stand for good, and of those undone as long ago: how it was before is no longer needed. Their counts
    stay."""
    MovedRow.objects.filter(merge__merged_at__lt=now - UNDO_FOR).delete()
