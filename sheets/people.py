"""Names and e-mail addresses in a text that is no table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from texts.cleaning import cleaned
from texts.names import name_as_typed

from .errors import CannotRead
from .rows import MARKS

# Bounded, so that no text makes it slow; what is longer is no address (RFC 5321, 4.5.3.1).
ADDRESS = re.compile(r"[^\s<>;,:\"'()\[\]@]{1,64}@[^\s<>;,:\"'()\[\]@]{1,120}\.[^\s<>;,:\"'()\[\].@]{2,63}")
BULLET = re.compile(r"\s*(?:[-*•·–]|\d{1,4}\s?[.)])\s+")
AROUND = " \t,;:<>()[]\"“”«»'"
WORDS_OF_A_NAME = 12
LETTERS_OF_A_NAME = 120
BLANKS = str.maketrans("\t;|", "   ")


@dataclass(frozen=True)
class Named:
    line: int
    name: str
    address: str  # in small letters; empty where there is none


def people(text: str) -> Iterator[Named]:
    """One person a line or several between semicolons: a name, an e-mail address, or both."""
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
                yield Named(line, name, address.lower())


def pieces(written: str) -> list[str]:
    """One for each person: a line of many addresses, as mail programs write them, is cut behind each."""
    addresses = list(ADDRESS.finditer(written))
    if len(addresses) < 2:
        return [written]
    ends = [0, *(found.end() for found in addresses[:-1]), len(written)]
    return [written[start:end] for start, end in pairwise(ends)]
