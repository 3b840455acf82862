"""What rows of a long file would do is looked up some at a time, and kept with them: no page looks at all of them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..kinds import kind_of
from ..models import Entry, Import
from .lock import carry_on, lock_import

AT_ONCE = 100


def look(*, of: Import, now: datetime | None = None, seconds: float | None = None) -> Import:
    """Look at the rows that are left, some at a time; in so many `seconds`, if any. Nothing but these rows is written."""
    return carry_on(of, step, now=now, seconds=seconds)


@transaction.atomic
def step(of: Import, *, now: datetime | None = None) -> bool:
    """The next rows. False once there are none."""
    of = lock_import(of.pk)
    if not of.is_looking or of.read_by is None:
        return False
    moment = now or timezone.now()
    entries = list(of.entries.to_look_at()[:AT_ONCE])
    if not entries:
        of.looked_at = of.moved_at = moment
        of.save(update_fields=["looked_at", "moved_at"])
        return False
    kind_of(of).foresee(of, entries)
    Entry.objects.bulk_update(entries, ["foreseen"])
    of.moved_at = moment
    of.save(update_fields=["moved_at"])
    return True
