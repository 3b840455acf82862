"""What is deleted after a time, and why nothing of attendance changes by it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Alias, PlatformReport, Trace
from ..models.alias import ALIASES_KEPT

# Names, addresses and hours of a report, after it was read.
TRACES_KEPT = timedelta(days=60)
NAMELESS = {"name": "", "other_names": "", "email": "", "spans": []}


@transaction.atomic
def forget_old(*, now: datetime | None = None) -> int:
    """Who was there stays, with the minutes; who was in the call besides is forgotten. Answers of how many reports."""
    now = now or timezone.now()
    old = PlatformReport.objects.select_for_update().filter(read_at__lte=now - TRACES_KEPT, erased_at=None)
    numbers = list(old.values_list("pk", flat=True))
    Trace.objects.filter(report__in=numbers).update(**NAMELESS)
    return PlatformReport.objects.filter(pk__in=numbers).update(erased_at=now, file_name="")


def forget_aliases(*, now: datetime | None = None) -> int:
    """Answers how many were not used for two years."""
    return Alias.objects.filter(used_at__lte=(now or timezone.now()) - ALIASES_KEPT).delete()[0]
