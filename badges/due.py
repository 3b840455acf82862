"""Which certificates have no badge yet."""

from django.db.models import Exists, OuterRef

from credentials.models import Certificate
from credentials.models.certificate import CertificateQuerySet

from .models import Badge


def without_badge() -> CertificateQuerySet:
    """Those that stand."""
    badges = Badge.objects.filter(certificate=OuterRef("pk"))
    return Certificate.objects.current().filter(~Exists(badges), erased_at=None)
