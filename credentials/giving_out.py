"""The document of a certificate, as it is given to somebody: only of one that stands when it leaves."""

from django.utils import translation

from outbox.links import link_to

from . import errors
from .companions import files_of
from .document import document
from .models import Certificate


def given_out(certificate: Certificate) -> bytes:
    """Drawing takes a while, so it is looked at again afterwards: what was withdrawn meanwhile is not given out.

    Raises NoDocument where it was withdrawn, replaced or erased; papers.Unprintable.
    """
    refuse(certificate)
    with translation.override(certificate.language):
        address = link_to(certificate)
    signature = certificate.signature
    pdf = document(
        certificate.said,
        code=certificate.code,
        edition=certificate.edition,
        address=address,
        issued_at=certificate.issued_at,
        language=certificate.language,
        signature=bytes(signature.png) if signature else None,
        attachments=files_of(certificate),
    )
    refuse(as_it_is_now(certificate))
    return pdf


def as_it_is_now(certificate: Certificate) -> Certificate:
    return Certificate.objects.get(pk=certificate.pk)


def refuse(certificate: Certificate) -> None:
    if certificate.erased_at:
        raise errors.DocumentErased
    if certificate.withdrawn_at:
        raise errors.DocumentWithdrawn
    if certificate.replaced_at:
        raise errors.DocumentReplaced
