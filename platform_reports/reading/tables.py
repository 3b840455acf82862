"""The lines of a report as cells, whatever separates them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from texts.cleaning import cleaned

SEPARATORS = ",;\t"
# What platforms put around times and names to keep spreadsheets from turning them about (UAX 9), and blanks of their own.
MARKS = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u061c")) | dict.fromkeys(
    map(ord, "\u00a0\u202f\u2009"), " "
)


@dataclass(frozen=True)
class Row:
    line: int  # of the file, from 1
    cells: tuple[str, ...]


def rows(text: str, separator: str) -> list[Row]:
    return list(each_row(cleaned(text.translate(MARKS)), separator))


def each_row(text: str, separator: str) -> Iterator[Row]:
    for line, written in enumerate(text.split("\n"), 1):
        if written.strip():
            cells = next(csv.reader([written], delimiter=separator), [])
            yield Row(line, tuple(plain_cell(cell) for cell in cells))


def plain_cell(cell: str) -> str:
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):  # so Webex keeps Excel from reading a moment as a number
        cell = cell[2:-1]
    return " ".join(cell.split())
