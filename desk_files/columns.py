"""What stands in a column of a file: how a thing is written there, and how a cell is read back.

Between the two is a plain text that knows no language: a code, a day as 2026-12-01, a name.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from accounts.country_field import countries
from accounts.zones import current_name, zone_names
from imports.reading.values import (
    country_in,
    figures,
    formula_words,
    in_each_language,
    is_formula,
    plain,
    undefused,
    unmarked,
)

BETWEEN = ";"  # several values in one cell; or each on a line


class CellRefused(ValueError):
    """The sentence says why."""


def as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Column[M]:
    name: str
    label: StrOrPromise
    write: Callable[[M], str]
    read: Callable[[str], str] = as_it_is
    shown: Callable[[str], str] = as_it_is  # as people read it
    data: Callable[[str], Any] = as_it_is  # as the desk's form takes it
    of_form: bool = True  # whether its form has such a field

    def read_cell(self, cell: str) -> str:
        """Raises CellRefused, with the column and the cell."""
        text = undefused(cell)
        if is_formula(cell):
            raise CellRefused(f"{self.label}: {formula_words(cell)}")
        try:
            return self.read(text if self.read is as_it_is else unmarked(text)).strip()
        except CellRefused as refusal:
            raise CellRefused(f"{self.label}: {refusal}") from refusal
        except ValueError as error:
            words = _("%(column)s: “%(cell)s” is not known.")
            raise CellRefused(words % {"column": self.label, "cell": cell[:100]}) from error


def same(one: str, other: str) -> bool:
    """Blanks, ends of lines and marks that nobody sees are no difference: programs that write spreadsheets change them."""
    return one == other or unmarked(one).split() == unmarked(other).split()


def attribute[M](name: str) -> Callable[[M], str]:
    def write(thing: M) -> str:
        value = getattr(thing, name)
        return "" if value is None else str(value)

    return write


# What may stand in a cell


@dataclass(frozen=True)
class Choice:
    """One of a few, by its code or its name in any of the station's languages."""

    choices: Callable[[], Iterable[tuple[str, StrOrPromise]]]
    also: tuple[tuple[str, str], ...] = ()  # what else is written for a code

    def read(self, cell: str) -> str:
        return known_names(self)[plain(cell)]  # a KeyError is told as unknown

    def shown(self, value: str) -> str:
        return next((str(label) for code, label in self.choices() if code == value), value)


@cache
def known_names(choice: Choice) -> Mapping[str, str]:
    class Known(dict[str, str]):
        def __missing__(self, key: str) -> str:
            raise ValueError(key)

    return Known({plain(word): code for code, word in choice.also} | in_each_language(choice.choices()))


@dataclass(frozen=True)
class Several:
    """Some of a few, between semicolons or each on a line."""

    choice: Choice

    def read(self, cell: str) -> str:
        found = {self.choice.read(one) for one in pieces(cell)}
        return "\n".join(sorted(found))

    def shown(self, value: str) -> str:
        return f"{BETWEEN} ".join(map(self.choice.shown, value.split("\n"))) if value else ""


def pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in cell.replace(BETWEEN, "\n").split("\n") if piece.strip()]


def listed(values: Iterable[str] | None) -> str:
    """Several values as `Several` reads them."""
    return "\n".join(sorted(values or ()))


def lines(value: str) -> list[str]:
    return value.split("\n") if value else []


# And what spreadsheets in each language make of it.
TRUE, FALSE = ("true", "vrai", "verdadero", "صواب", "صحيح", "1"), ("false", "faux", "falso", "خطأ", "0")
YES = Choice(
    lambda: [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
    also=(*(("yes", word) for word in TRUE), *(("no", word) for word in FALSE)),
)


def yes(value: bool | None) -> str:
    return "yes" if value else "no"


def is_yes(value: str) -> str:
    return "on" if value == "yes" else ""  # as a box is sent


def day_in(cell: str) -> str:
    try:
        return date.fromisoformat(figures(cell).strip()).isoformat()
    except ValueError as error:
        raise CellRefused(
            _("“%(cell)s” is no day. Write it as 2026-12-01.") % {"cell": cell[:100]}
        ) from error


NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def number_in(cell: str) -> str:
    text = figures(cell).replace("−", "-").strip()
    if not NUMBER.fullmatch(text):
        raise ValueError(cell)
    return repr(float(text.replace(",", ".")))


def whole_number_in(cell: str) -> str:
    if "_" in cell:
        raise ValueError(cell)
    return str(int(figures(cell)))


def degrees_up_to(most: int) -> Callable[[str], str]:
    """A decimal sign that a spreadsheet lost makes of 1.95 the 195th degree."""

    def read(cell: str) -> str:
        if abs(float(number := number_in(cell))) > most:
            raise ValueError(cell)
        return number

    return read


def written_number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def country_of(cell: str) -> str:
    if found := country_in(cell):
        return found
    raise ValueError(cell)


def country_shown(code: str) -> str:
    return str(countries.name(code) or code)


def zone_of(cell: str) -> str:
    name = current_name(cell.strip())
    if name in zone_names():
        return name
    raise ValueError(cell)


def by_name[M](columns: Sequence[Column[M]]) -> dict[str, Column[M]]:
    return {column.name: column for column in columns}


def free_code(rows: QuerySet[Any], wanted: str, *, most: int) -> str:
    """The slug, or one like it that nobody has yet."""
    start = wanted[: most - 6]
    taken = set(rows.filter(slug__startswith=start).values_list("slug", flat=True))
    every = (wanted if number == 1 else f"{start}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in every if code not in taken)
