"""What goes along with the document of a certificate: files inside the PDF, and what its owner finds beside it.
Rooms above say here what they bring."""

from collections.abc import Callable
from typing import NamedTuple

from papers import Attachment

from .models import Certificate


class Offer(NamedTuple):
    """A piece of the owner's part of the certificate's page: its template, and what that is given."""

    template: str
    context: dict[str, object]


# None where there is nothing for this certificate.
type FileOf = Callable[[Certificate], Attachment | None]
type OfferOf = Callable[[Certificate], Offer | None]

_files: list[FileOf] = []
_offers: list[OfferOf] = []


def goes_along(file_of: FileOf, *, offer: OfferOf) -> None:
    """From now on `file_of(certificate)` goes into each PDF, and `offer(certificate)` stands on its owner's page:
    each in one query."""
    if file_of not in _files:
        _files.append(file_of)
        _offers.append(offer)


def files_of(certificate: Certificate) -> list[Attachment]:
    return [file for file_of in _files if (file := file_of(certificate))]


def offers_of(certificate: Certificate) -> list[Offer]:
    return [offer for offer_of in _offers if (offer := offer_of(certificate))]
