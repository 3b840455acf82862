"""The documents of several certificates in one archive."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format

from papers import Unprintable

from ..access import host_may_know
from ..errors import DocumentNotForHost, NoDocument
from ..giving_out import given_out
from ..models import Certificate
from ..zipping import Making, file_name, zipped

AT_ONCE = 100


class Zip(Format):  # type: ignore[misc]  # import_export brings no types
    """For the history: as what it left."""

    def get_extension(self) -> str:
        return "zip"


def archive(certificates: Iterable[Certificate], *, language: str, now: datetime) -> Iterator[bytes]:
    """`language` is who asks reads: the page's is gone when the archive leaves."""
    return zipped((file_of(certificate, language) for certificate in certificates), now=now)


def file_of(certificate: Certificate, language: str) -> Making:
    """Drawn when its turn comes. In place of one that cannot be given out lies a line that says why."""
    try:
        if not host_may_know(certificate):
            raise DocumentNotForHost
        content = given_out(certificate)
    except NoDocument as refusal:
        with translation.override(language):
            return f"{certificate.code}.txt", f"{refusal.sentence}\n".encode
    except Unprintable:
        with translation.override(language):
            return (
                f"{certificate.code}.txt",
                f"{_('The document cannot be drawn: no font has all letters of it.')}\n".encode,
            )
    return file_name(certificate.said.name, certificate.code), partial(bytes, content)
