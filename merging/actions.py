"""Two are one and the same: all that is of the one becomes the other's, and the row of the one stays, leading there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.erasing import TRIES
from accounts.forgetting import ChangedMeanwhile
from accounts.models import Organization, User
from desk.audit import note

from .errors import IsGone, TheSame
from .history import MERGED_FROM, MERGED_INTO
from .kinds import ORGANIZATIONS, PEOPLE, Kind
from .models import LikelyDouble, Merge, NotTheSame
from .moving import Moving


def merge_organizations(
    *, kept: Organization, gone: Organization, by: User, now: datetime | None = None
) -> Merge:
    return merge(ORGANIZATIONS, kept=kept, gone=gone, by=by, now=now)


def merge_people(*, kept: User, gone: User, by: User, now: datetime | None = None) -> Merge:
    return merge(PEOPLE, kept=kept, gone=gone, by=by, now=now)


def merge(kind: Kind[Any], *, kept: Any, gone: Any, by: User, now: datetime | None = None) -> Merge:
    """Move all that is `gone`'s to `kept`, as the rooms say. The same asked for twice is one merge.

    Raises a CannotMerge; PermissionDenied for who may not.
    """
    return until_it_stands_still(lambda: merge_once(kind, kept=kept, gone=gone, by=by, now=now))


@transaction.atomic
def merge_once(kind: Kind[Any], *, kept: Any, gone: Any, by: User, now: datetime | None = None) -> Merge:
    if not by.has_perm(kind.permission):
        raise PermissionDenied
    if kept.pk == gone.pk:
        raise TheSame
    kind.refuse(by, kept, gone)
    kept, gone = lock_both(kind, kept, gone)
    now = now or timezone.now()
    if gone.merged_into_id == kept.pk:
        return Merge.objects.get(**kind.columns(kept=kept, gone=gone), undone_at=None)
    check(kind, kept=kept, gone=gone)

    # Before its address is freed, by which one without a name is called.
    note(kept, by=by, done=MERGED_FROM, other=str(gone))
    note(gone, by=by, done=MERGED_INTO, other=str(kept))
    made = Merge.objects.create(**kind.columns(kept=kept, gone=gone), merged_at=now, merged_by=by)
    moving = Moving(kept=kept, gone=gone, merge=made, by=by, now=now)
    for part in kind.parts:
        part.move(moving)
    made.counts = dict(moving.counts)
    made.save(update_fields=["counts"])
    # Last, so that an undo begins with it: until then whoever writes the one that goes means the one that stays.
    moving.set(gone, "merged_into", kept)
    for part in kind.parts:
        part.settle(kept, gone)
    kind.tell(made)
    return made


def until_it_stands_still[T](do: Callable[[], T]) -> T:
    """What has to be locked before the two is known before they are locked: where it is more by then, all begins anew."""
    for _try in range(TRIES - 1):
        try:
            return do()
        except ChangedMeanwhile:
            continue
    return do()


def check(kind: Kind[Any], *, kept: Any, gone: Any) -> None:
    """Raises a CannotMerge where these two are not merged so. The page asks before anybody does it."""
    if kept.pk == gone.pk:
        raise TheSame
    for one in (kept, gone):
        if one.merged_into_id:
            raise IsGone(one, one.merged_into)
    for part in kind.parts:
        part.check(kept, gone)


def lock_both(kind: Kind[Any], kept: Model, gone: Model) -> tuple[Any, Any]:
    """As they are now. What rooms lock comes first, then the two in the order of their numbers, so that who merges them the
    other way round waits. Not NO KEY: who is about to point a row at one of them waits, too."""
    for part in kind.parts:
        part.lock(kept, gone)
    two = kind.model._base_manager.select_for_update(of=("self",)).filter(pk__in=[kept.pk, gone.pk])
    now = {one.pk: one for one in two.order_by("pk")}
    return now[kept.pk], now[gone.pk]


@transaction.atomic
def not_the_same(kind: Kind[Any], one: Any, other: Any, *, by: User, now: datetime | None = None) -> None:
    """Remember that somebody looked, so that the two are not proposed again. Said twice it is said once."""
    if not by.has_perm(kind.permission):
        raise PermissionDenied
    if one.pk == other.pk:
        raise TheSame
    first, second = sorted((one, other), key=lambda each: each.pk)
    two = {f"first_{kind.noun}": first, f"second_{kind.noun}": second}
    NotTheSame.objects.get_or_create(**two, defaults={"said_at": now or timezone.now(), "said_by": by})
    LikelyDouble.objects.filter(**two).delete()
