from datetime import datetime

from django.db import transaction

from accounts.models import User

from .. import errors, letters
from ..models import Certificate
from .doors import lock_certificate, reason, refuse_own


@transaction.atomic
def withdraw(*, certificate: Certificate, why: str, by: User, now: datetime | None = None) -> Certificate:
    """From now on the check page says that it is withdrawn, and since when; the person is told why. There is no way back:
    a new one may be granted.

    Raises ReasonMissing, NotCurrent, PersonWasErased.
    """
    why = reason(why)
    door = lock_certificate(certificate, now)
    certificate = door.certificate
    certificate.withdrawn_at, certificate.withdrawn_by, certificate.why_withdrawn = door.now, by, why
    certificate.save(update_fields=["withdrawn_at", "withdrawn_by", "why_withdrawn"])
    letters.withdrawn(certificate, now=door.now)
    return certificate


@transaction.atomic
def keep(*, certificate: Certificate, why: str, by: User, now: datetime | None = None) -> Certificate:
    """Staff decide that a doubted certificate stands all the same; not about their own.

    Raises ReasonMissing, OwnCertificate, NotDoubted, NotCurrent, PersonWasErased.
    """
    why = reason(why)
    refuse_own(certificate.registration, by)
    door = lock_certificate(certificate, now)
    certificate = door.certificate
    if not certificate.is_doubted:
        raise errors.NotDoubted
    certificate.kept_at, certificate.kept_by, certificate.why_kept = door.now, by, why
    certificate.save(update_fields=["kept_at", "kept_by", "why_kept"])
    return certificate
