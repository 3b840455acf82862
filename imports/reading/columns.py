"""What a column says, and which headings name it: those of our own export in each language, and those of `headings.toml`."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
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


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What the columns of one kind of list are called: `every` heading, the column it names, and the language it is in."""

    every: Callable[[], Iterable[tuple[str, str, str]]]
    adjust: Callable[[list[str], Sequence[Sequence[str]]], list[str]] = lambda columns, _rows: columns
    # Rows may be no more than a name and an address, without headings.
    is_of_people: bool = True
    # Cells hold texts of several lines.
    as_written: bool = False

    @cached_property
    def known(self) -> dict[str, str]:
        """By the plain heading. What our export tells and an import has no use for is known, and not taken."""
        known: dict[str, str] = {}
        for heading, column, _language in self.every():
            known.setdefault(plain_heading(heading), column)
        return known

    @cached_property
    def by_language(self) -> dict[str, frozenset[str]]:
        found = defaultdict(set)
        for heading, _column, language in self.every():
            found[language].add(plain_heading(heading))
        return {language: frozenset(headings) for language, headings in found.items()}

    def knows(self, heading: str) -> bool:
        return plain_heading(heading) in self.known

    def known_in(self, cells: Sequence[str]) -> int:
        """How many of these cells are headings. A line with an e-mail address in it is none."""
        if any("@" in cell for cell in cells):
            return 0
        return sum(map(self.knows, cells))

    def columns(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
        """By their headings, each meaning once."""
        columns: list[str] = []
        for heading in headings:
            column = self.known.get(plain_heading(heading), NOT_TAKEN)
            columns.append(NOT_TAKEN if column in columns else column)
        return self.adjust(columns, rows)


def in_each_language(headings: Callable[[], Iterable[tuple[str, str]]]) -> Iterable[tuple[str, str, str]]:
    """Of our own columns, whose names depend on the language that is set: the heading, the column, the language."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            ours = [*headings(), (NOT_TAKEN, why_heading())]
        for column, heading in ours:
            yield heading, column, language


def from_file(file: Path) -> Iterable[tuple[str, str, str]]:
    for column, languages in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for language, headings in languages.items():
            for heading in headings:
                yield heading, column, language


def of_registrations() -> Iterable[tuple[str, str, str]]:
    """Our own go before others: “Nombre” of our Spanish export is the whole name."""
    for heading, name, language in in_each_language(lambda: exported_headings().items()):
        column = "timezone" if name == "time_zone" else name
        yield heading, column if column in set(Column) else NOT_TAKEN, language
    yield from from_file(FILE)


def with_addresses(columns: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The address, where no heading names it, by what stands in the column."""
    if Column.EMAIL not in columns and (place := of_addresses(columns, rows)) is not None:
        columns[place] = Column.EMAIL
    return columns


def of_a_session(columns: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if set(columns) >= OURS:
        columns = [NOT_TAKEN if column == Column.TIMEZONE else column for column in columns]
    return with_addresses(columns, rows)


REGISTRATIONS = Vocabulary(of_registrations, of_a_session)


def of_addresses(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    found = {
        place: sum(bool(ADDRESS.search(row[place])) for row in rows[:LOOKED_AT] if place < len(row))
        for place in range(len(columns))
    }
    best = max(found, key=found.__getitem__, default=None)
    return best if best is not None and found[best] else None
