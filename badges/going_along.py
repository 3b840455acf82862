"""What goes along with a certificate: its badge, in the PDF and beside it."""

from django.utils import translation
from django.utils.translation import gettext as _

from credentials.companions import Offer
from credentials.document import design
from credentials.models import Certificate
from papers import Attachment

from .models import Badge


def file_of(certificate: Certificate) -> Attachment | None:
    """None until it is signed, also anew after a leak, and where the station signs none."""
    signed = (
        Badge.objects.to_give().filter(certificate=certificate).values_list("document", flat=True).first()
    )
    if not signed:
        return None
    with translation.override(certificate.language):
        words = _("Open Badge: the same certificate, signed, for programs")
    return Attachment("badge.json", signed, "application/ld+json", words)


def offer_of(certificate: Certificate) -> Offer | None:
    if not Badge.objects.to_give().filter(certificate=certificate).exists():
        return None
    return Offer("badges/_offer.html", {"picture": f"badges/{design(certificate.said)}.svg"})
