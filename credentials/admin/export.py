"""What a list of certificates looks like in a spreadsheet. Times are on the host's clock, with its distance from UTC."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from desk.clock import with_offset
from desk.export import SafeResource

from ..desk_words import name_shown
from ..models import Certificate
from .standing import standing_of

COLUMNS: dict[str, Callable[[Any], object]] = {
    "code": lambda c: c.code,
    "kind": lambda c: c.get_kind_display(),
    "edition": lambda c: c.edition,
    "name": lambda c: "" if c.erased_at else name_shown(c),
    "title": lambda c: c.said.title,
    "host": lambda c: c.said.host,
    "first_day": lambda c: c.said.starts_on,
    "last_day": lambda c: c.said.ends_on,
    "minutes": lambda c: c.said.minutes,
    "issued": lambda c: with_offset(c.issued_at, c.registration.session.zone),
    "standing": lambda c: standing_of(c).label,
    "granted": lambda c: c.said.granted,
}


def headings() -> dict[str, str]:
    return {
        "code": _("Code"),
        "kind": _("Kind"),
        "edition": _("Edition"),
        "name": _("Name"),
        "title": _("Activity"),
        "host": _("Host"),
        "first_day": _("First day"),
        "last_day": _("Last day"),
        "minutes": _("Minutes"),
        "issued": _("Issued"),
        "standing": _("Standing"),
        "granted": _("Granted, because"),
    }


class CertificateResource(SafeResource):
    columns = COLUMNS
    headings = staticmethod(headings)

    class Meta:
        model = Certificate
        fields: list[str] = []
