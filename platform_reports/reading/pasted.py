"""Pasted lists: names, addresses, or both; or rows copied out of a report."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from sheets.errors import CannotRead
from sheets.people import people

from .content import blocks, tells_time
from .decoding import BYTES_AT_MOST
from .facts import Entry, Kind, Platform, Reading
from .reader import of_people, understood
from .tables import best_rows, tables


def read_list(text: str, *, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Reading:
    """Names and addresses, one person a line or several between semicolons; or a table, as `read` reads it."""
    if len(text.encode(errors="replace")) > BYTES_AT_MOST:
        raise CannotRead(_("The text is longer than 2 MB: no list of one call is."))
    cut = best_rows(text)
    if tables(cut) or any(tells_time(table.places) for table in of_people(blocks(cut))):
        return understood(cut, "", (starts_at, ends_at), zone)
    entries = tuple(Entry(found.line, found.name, found.address) for found in people(text))
    if not entries:
        raise CannotRead(_("There is no name and no address in it."))
    return Reading(Platform.LIST, Kind.NAMES, "", zone, entries)
