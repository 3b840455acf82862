"""Pasted lists: names, addresses, or both; or rows copied out of a report."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from texts.cleaning import cleaned
from texts.names import name_as_typed

from .content import blocks, tells_time
from .decoding import BYTES_AT_MOST
from .errors import CannotRead
from .facts import Entry, Kind, Platform, Reading
from .people import ADDRESS
from .reader import of_people, understood
from .tables import MARKS, best_rows, tables

BULLET = re.compile(r"\s*(?:[-*•·–]|\d{1,4}\s?[.)])\s+")
AROUND = " \t,;:<>()[]\"“”«»'"
WORDS_OF_A_NAME = 12
LETTERS_OF_A_NAME = 120


def read_list(text: str, *, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Reading:
    """Names and addresses, one person a line or several between semicolons; or a table, as `read` reads it."""
    if len(text.encode(errors="replace")) > BYTES_AT_MOST:
        raise CannotRead(_("The text is longer than 2 MB: no list of one call is."))
    cut = best_rows(text)
    if tables(cut) or any(tells_time(table.places) for table in of_people(blocks(cut))):
        return understood(cut, "", (starts_at, ends_at), zone)
    entries = tuple(people(text))
    if not entries:
        raise CannotRead(_("There is no name and no address in it."))
    return Reading(Platform.LIST, Kind.NAMES, "", zone, entries)


def people(text: str) -> Iterator[Entry]:
    for line, written in enumerate(cleaned(text.translate(MARKS)).split("\n"), 1):
        for piece in pieces(BULLET.sub("", written, count=1)):
            found = ADDRESS.search(piece)
            address = found[0] if found else ""
            around = piece.replace(address, " ") if address else piece
            name = name_as_typed(around.replace("mailto:", "").translate(BLANKS).strip(AROUND))
            if len(name) > LETTERS_OF_A_NAME or len(name.split()) > WORDS_OF_A_NAME:
                raise CannotRead(
                    _("Line %(line)s is no name: “%(cell)s”. Write one person on each line."),
                    line=line,
                    cell=name,
                )
            if name or address:
                yield Entry(line, name, address.lower())


BLANKS = str.maketrans("\t;|", "   ")


def pieces(written: str) -> list[str]:
    """One for each person: a line of many addresses, as mail programs write them, is cut behind each."""
    addresses = list(ADDRESS.finditer(written))
    if len(addresses) < 2:
        return [written]
    ends = [0, *(found.end() for found in addresses[:-1]), len(written)]
    return [written[start:end] for start, end in pairwise(ends)]
