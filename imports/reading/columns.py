"""What a column says, and which headings name it: those of our own export in each language, and those of `headings.toml`."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registrations.admin.export import headings as exported_headings
from sheets.headings import plain_heading
from sheets.people import ADDRESS

FILE = Path(__file__).with_name("headings.toml")
LOOKED_AT = 60  # rows are enough to tell a column


class Column(StrEnum):
    EMAIL = "email"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ORGANIZATION = "organization"
    POST = "post"
    PROFILE = "profile"
    COUNTRY = "country"
    LANGUAGE = "language"
    TIMEZONE = "timezone"
    NOTE = "note"
    STATE = "state"
    CODE = "code"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Column.EMAIL: _("E-mail address"),
    Column.NAME: _("Name"),
    Column.FIRST_NAME: _("First name"),
    Column.LAST_NAME: _("Last name"),
    Column.ORGANIZATION: _("Organization"),
    Column.POST: _("Post"),
    Column.PROFILE: _("Profile"),
    Column.COUNTRY: _("Country"),
    Column.LANGUAGE: _("Language"),
    Column.TIMEZONE: _("Time zone"),
    Column.NOTE: _("Note to the host"),
    Column.STATE: _("State"),
    Column.CODE: _("Code"),
}
NOT_TAKEN = ""
# In our export the clock is the session's, not the person's.
OURS = frozenset({Column.CODE, Column.STATE})


def why_heading() -> str:
    """Of the column that our file of refused rows has, and that is read past."""
    return _now("Why it was refused")


@cache
def known_headings() -> dict[str, Column | str]:
    """By the plain heading. What our export tells and an import has no use for is known, and not taken."""
    known: dict[str, Column | str] = {}
    for heading, column, _language in every_heading():
        known.setdefault(plain_heading(heading), column)
    return known


def every_heading() -> Iterable[tuple[str, Column | str, str]]:
    """With the language it is in. Our own go before others: “Nombre” of our Spanish export is the whole name."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            ours = [*exported_headings().items(), ("why", why_heading())]
        for name, heading in ours:
            column = "timezone" if name == "time_zone" else name
            yield heading, Column(column) if column in set(Column) else NOT_TAKEN, language
    for column, languages in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        for language, headings in languages.items():
            for heading in headings:
                yield heading, Column(column), language


@cache
def headings_by_language() -> dict[str, frozenset[str]]:
    found = defaultdict(set)
    for heading, _column, language in every_heading():
        found[language].add(plain_heading(heading))
    return {language: frozenset(headings) for language, headings in found.items()}


def is_known(heading: str) -> bool:
    return plain_heading(heading) in known_headings()


def known_in(cells: Sequence[str]) -> int:
    """How many of these cells are headings. A line with an e-mail address in it is none."""
    if any("@" in cell for cell in cells):
        return 0
    return sum(is_known(cell) for cell in cells)


def guessed_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """By their headings, each meaning once; the address, where no heading names it, by what stands in the column."""
    columns: list[str] = []
    for heading in headings:
        column = known_headings().get(plain_heading(heading), NOT_TAKEN)
        columns.append(NOT_TAKEN if column in columns else column)
    if set(columns) >= OURS:
        columns = [NOT_TAKEN if column == Column.TIMEZONE else column for column in columns]
    if Column.EMAIL not in columns and (place := of_addresses(columns, rows)) is not None:
        columns[place] = Column.EMAIL
    return columns


def of_addresses(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    found = {
        place: sum(bool(ADDRESS.search(row[place])) for row in rows[:LOOKED_AT] if place < len(row))
        for place in range(len(columns))
    }
    best = max(found, key=found.__getitem__, default=None)
    return best if best is not None and found[best] else None
