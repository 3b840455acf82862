"""The door: a file or a pasted text in, a `Reading` out."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from .columns import Column, columns_of
from .decoding import decoded
from .errors import CannotRead
from .facts import Entry, Kind, Platform, Reading
from .moments import moment, order_of
from .tables import SEPARATORS, Row, rows

ROWS_AT_MOST = 5000
ADDRESS = re.compile(r"[^\s<>;,\"]+@[^\s<>;,\"]+\.[^\s<>;,\"]+")


def read(content: bytes, *, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Reading:
    """What the report says. Its times are on the clock of `zone`, unless a cell tells its own offset."""
    text, encoding = decoded(content)
    for separator in SEPARATORS:
        table = rows(text, separator)
        for place, row in enumerate(table):
            found = columns_of(row.cells)
            if found:
                platform, columns = found
                return reading(platform, columns, table[place + 1 :], encoding, (starts_at, ends_at), zone)
    raise CannotRead(_("No list of people was found in it."))


def reading(
    platform: Platform,
    columns: dict[Column, int],
    table: Sequence[Row],
    encoding: str,
    meeting: tuple[datetime, datetime],
    zone: ZoneInfo,
) -> Reading:
    if len(table) > ROWS_AT_MOST:
        raise CannotRead(_("The file has more than 5,000 rows: no report of one call has."))

    def cell(row: Row, column: Column) -> str:
        place = columns.get(column, -1)
        return row.cells[place] if 0 <= place < len(row.cells) else ""

    written = [cell(row, column) for row in table for column in (Column.JOINED, Column.LEFT)]
    has_times = Column.JOINED in columns
    order = order_of([one for one in written if one], meeting, zone) if has_times else None
    if has_times and order is None:
        raise CannotRead(_("Its times are in no order that the station knows."))
    entries = []
    for row in table:
        joined, left = (
            moment(cell(row, column), order, zone) if order else None
            for column in (Column.JOINED, Column.LEFT)
        )
        name, _sep, original = cell(row, Column.NAME).partition(" (")
        length = cell(row, Column.LENGTH)
        entries.append(
            Entry(
                row.line,
                name,
                cell(row, Column.EMAIL).lower(),
                joined and joined.astimezone(UTC),
                left and left.astimezone(UTC),
                None if (joined and left) or not length.isdecimal() else int(length),
                original.rstrip(")"),
            )
        )
    return Reading(
        platform,
        Kind.JOINS if has_times else Kind.LENGTHS,
        encoding,
        zone,
        tuple(entries),
        has_times=has_times,
        date_order=order or "",
        days=tuple(sorted({one.joined.astimezone(zone).date() for one in entries if one.joined})),
    )


def read_list(text: str) -> Reading:
    """Pasted names and addresses, one a line; “Name <address>” and “Name; address” too."""
    entries = []
    for line, written in enumerate(text.splitlines(), 1):
        found = ADDRESS.search(written)
        address = found[0] if found else ""
        name = " ".join(written.replace(address, "").strip(' \t,;<>"').split())
        if name or address:
            entries.append(Entry(line, name, address.lower()))
    if not entries:
        raise CannotRead(_("There is no name and no address in it."))
    return Reading(Platform.LIST, Kind.NAMES, "", ZoneInfo("UTC"), tuple(entries))
