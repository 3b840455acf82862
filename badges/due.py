"""What waits for the worker: certificates without a badge, lists that are old. Nothing here signs."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from credentials.models import Certificate
from credentials.models.certificate import CertificateQuerySet

from .models import SIGNED_ANEW_AFTER, Badge, StatusList


def without_badge() -> CertificateQuerySet:
    """The certificates that stand and have none yet."""
    badges = Badge.objects.filter(certificate=OuterRef("pk"))
    return Certificate.objects.current().filter(~Exists(badges), erased_at=None)


def without_good_badge(*, since: datetime) -> CertificateQuerySet:
    """Those that stand, and since then have no badge, or one of a key that leaked."""
    good = Badge.objects.filter(
        Q(key__leaked_at=None) | Q(key__leaked_at__gte=since), certificate=OuterRef("pk")
    )
    return Certificate.objects.current().filter(~Exists(good), erased_at=None, issued_at__lt=since)


def old_lists(*, since: datetime) -> QuerySet[StatusList]:
    """Which should have been signed anew by then: each day, and when a certificate of theirs was withdrawn or replaced."""
    untold = Q()
    for happened in ("certificate__withdrawn_at", "certificate__replaced_at"):
        untold |= Q(**{f"{happened}__lt": since, f"{happened}__gt": F("status_list__signed_at")})
    untold_of_list = Badge.objects.filter(untold, status_list=OuterRef("pk"))
    return StatusList.objects.filter(Q(signed_at__lt=since - SIGNED_ANEW_AFTER) | Exists(untold_of_list))
