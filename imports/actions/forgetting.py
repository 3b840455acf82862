"""What is deleted after a time: what the rows say of people. How many were entered, and by whom, stays."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import Entry, Import
from ..models.people_import import ROWS_KEPT, UNUSED_KEPT

EMPTY = {"cells": [], "email": "", "key": "", "why": "", "changes": {}, "foreseen": {}}


@transaction.atomic
def forget_old(*, now: datetime | None = None) -> int:
    """Also those that nobody began within a day. Answers of how many imports."""
    now = now or timezone.now()
    unused = Import.objects.filter(begun_at=None, read_at__lte=now - UNUSED_KEPT)
    count = unused.count()
    unused.delete()
    old = Import.objects.filter(read_at__lte=now - ROWS_KEPT, emptied_at=None).select_for_update(no_key=True)
    numbers = list(old.values_list("pk", flat=True))
    Entry.objects.filter(of__in=numbers).update(**EMPTY)
    emptied = Import.objects.filter(pk__in=numbers)
    # One that stood still until now never goes on: there is nothing left to do.
    emptied.exclude(undo_began_at=None).update(undone_at=Coalesce("undone_at", now))
    emptied.update(
        done_at=Coalesce("done_at", now), emptied_at=now, file_name="", headings=[], columns=[], for_all={}
    )
    return count + len(numbers)
