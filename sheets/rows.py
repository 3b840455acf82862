"""The lines of a text as cells."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from texts.cleaning import cleaned

from .errors import CannotRead

LETTERS_AT_MOST = 10_000  # in a line
SEPARATORS = "\t;,"
# What platforms put around times and names to keep spreadsheets from turning them about (UAX 9), and blanks of their own.
MARKS = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u061c")) | dict.fromkeys(
    map(ord, "\u00a0\u202f\u2009"), " "
)
LINES_OF_A_CELL = 4  # a line end within quotation marks; more is a mark that nobody closed
# ="2026-11-24 10:00:00": so Webex keeps spreadsheets from making another thing of a moment.
AS_FORMULA = re.compile(r'(^|[,;\t])="([^"]*)"')
SEPARATOR_SAID = re.compile(r"\s*sep=(.)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    line: int  # of the file, from 1
    cells: tuple[str, ...]

    @property
    def is_title(self) -> bool:
        return bool(self.cells[0]) and not any(self.cells[1:])


@dataclass(frozen=True)
class Limits:
    """Of one kind of file; `too_many` is said of more rows than `rows`."""

    rows: int
    too_many: str | Promise
    lines_of_a_cell: int = LINES_OF_A_CELL
    letters: int = LETTERS_AT_MOST  # of a line
    # Cells hold texts: lines and blanks in them are kept.
    as_written: bool = False


def best_rows(text: str, limits: Limits, *, known: Callable[[Sequence[Row]], int]) -> list[Row]:
    """As the separator cuts them that brings out most headings; without any, the one that cuts most lines alike."""
    text = cleaned(text.removeprefix("\ufeff") if limits.as_written else text.translate(MARKS))
    refuse_what_is_too_much(text, limits)
    cut = partial(
        rows,
        text,
        lines_of_a_cell=limits.lines_of_a_cell,
        cell=text_cell if limits.as_written else plain_cell,
    )
    found = [cut(separator=separator) for separator in SEPARATORS if separator in text]
    return max(found or [cut(separator="\t")], key=lambda cut: (known(cut), most_alike(cut)))


def refuse_what_is_too_much(text: str, limits: Limits) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    if not limits.as_written and len(lines) > limits.rows:  # else they may be lines of one cell
        raise CannotRead(limits.too_many)
    if max(map(len, lines), default=0) > limits.letters:
        raise CannotRead(_("It has lines of more than 10,000 characters, and is no table of people."))


def most_alike(cut: Sequence[Row]) -> int:
    widths = [len(row.cells) for row in cut if len(row.cells) > 1]
    return max(map(widths.count, set(widths)), default=0)


def rows(
    text: str,
    separator: str,
    lines_of_a_cell: int = LINES_OF_A_CELL,
    cell: Callable[[str], str] | None = None,
) -> list[Row]:
    cell = cell or plain_cell
    between = "\n" if cell is text_cell else " "
    return [
        Row(line, cells)
        for line, written in whole_lines(text, lines_of_a_cell, between)
        if (cells := cells_of(written, separator, cell)) and any(cells) and not SEPARATOR_SAID.match(written)
    ]


def whole_lines(text: str, lines_of_a_cell: int, between: str) -> Iterator[tuple[int, str]]:
    """With its number from 1. A quoted cell may go on in the next line, which csv would do to the end of the file."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        marks, taken = 0, 1
        for more, line in enumerate(lines[number : number + lines_of_a_cell], 1):
            marks += line.count('"')
            if marks % 2 == 0:
                taken = more
                break
        yield number + 1, between.join(lines[number : number + taken])
        number += taken


def cells_of(written: str, separator: str, cell: Callable[[str], str]) -> tuple[str, ...]:
    if written.count('"') % 2:  # a mark that nobody closed
        return tuple(cell(one) for one in written.replace('"', "").split(separator))
    if '"' not in written:
        return tuple(cell(one) for one in written.split(separator))
    try:
        cells = next(csv.reader(StringIO(AS_FORMULA.sub(r'\1"\2"', written), ""), delimiter=separator), [])
    except csv.Error:  # a cell of more than 131,072 characters
        cells = written.split(separator)
    return tuple(cell(one) for one in cells)


def text_cell(cell: str) -> str:
    """As it was written, but for what nobody sees at the ends of its lines."""
    return "\n".join(line.rstrip() for line in cell.split("\n")).strip()


def plain_cell(cell: str) -> str:
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        cell = cell[2:-1].replace('""', '"')
    return " ".join(cell.split())
