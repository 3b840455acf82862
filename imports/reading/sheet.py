"""A file or a pasted text as a table: its headings, what its columns are, and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from django.utils.translation import gettext_lazy as _

from sheets import decoding
from sheets.decoding import OLD_WORKBOOK, PDF, WORKBOOK, Kind
from sheets.errors import CannotRead
from sheets.people import ADDRESS, people
from sheets.rows import Limits, Row, best_rows
from sheets.workbook import COLUMNS_AT_MOST, workbook_rows

from .columns import REGISTRATIONS, Column, Vocabulary

BYTES_AT_MOST = 5 * 1024 * 1024
ROWS_AT_MOST = 5000
TOO_LARGE = _("The file is larger than 5 MB. Leave out what is no list of people, or cut it in two.")
TOO_MANY = _("The file has more than 5,000 rows. Cut it in two, and import one after the other.")
LIMITS = Limits(rows=ROWS_AT_MOST + 1, too_many=TOO_MANY, lines_of_a_cell=100)  # and the headings
OF_TEXTS = replace(LIMITS, lines_of_a_cell=1000, letters=100_000, as_written=True)
HEADINGS_WITHIN = 10  # rows; above them a title or a date may stand
FEW_COLUMNS = 2


@dataclass(frozen=True)
class Sheet:
    headings: tuple[str, ...]
    columns: tuple[str, ...]  # what each is guessed to be
    rows: tuple[Row, ...]


def limits_of(vocabulary: Vocabulary) -> Limits:
    return OF_TEXTS if vocabulary.as_written else LIMITS


@cache
def kind(vocabulary: Vocabulary) -> Kind:
    return Kind(
        bytes_at_most=BYTES_AT_MOST,
        too_large=TOO_LARGE,
        no_text={
            OLD_WORKBOOK: _("This is a workbook of an old Excel. Save it as XLSX or as CSV."),
            PDF: _("This is a PDF. Ask for the list as a spreadsheet, or copy its rows and paste them."),
        },
        page=_("This is a web page. Copy the rows of the list and paste them."),
        empty=_("The file is empty."),
        unknown=_("This is no table. Save the list as XLSX or as CSV."),
        headings=vocabulary.by_language,
    )


def read_file(content: bytes, vocabulary: Vocabulary = REGISTRATIONS) -> Sheet:
    """Raises CannotRead."""
    if len(content) > BYTES_AT_MOST:
        raise CannotRead(TOO_LARGE)
    known = partial(known_of, vocabulary)
    if content.startswith(WORKBOOK):
        rows = workbook_rows(
            content, limits_of(vocabulary), is_meant=lambda rows: any(map(known, rows[:HEADINGS_WITHIN]))
        )
        return table(rows, vocabulary)
    text, _encoding = decoding.decoded(content, kind(vocabulary))
    return read_text(text, vocabulary)


def read_text(text: str, vocabulary: Vocabulary = REGISTRATIONS) -> Sheet:
    """A table, or a plain list of names and addresses. Raises CannotRead."""
    if len(text.encode(errors="replace")) > 2 * BYTES_AT_MOST:  # some encodings take half as much
        raise CannotRead(TOO_LARGE)
    known = partial(known_of, vocabulary)
    cut = best_rows(
        text, limits_of(vocabulary), known=lambda rows: max(map(known, rows[:HEADINGS_WITHIN]), default=0)
    )
    if not vocabulary.is_of_people or any(map(known, cut[:HEADINGS_WITHIN])) or is_table(cut):
        return table(cut, vocabulary)
    return plain_list(text)


def known_of(vocabulary: Vocabulary, row: Row) -> int:
    return vocabulary.known_in(row.cells)


def is_table(cut: Sequence[Row]) -> bool:
    """Without headings that we know: more columns than a name and an address, and one address a row."""
    wide = [row for row in cut if len(row.cells) > FEW_COLUMNS]
    single = [row for row in wide if sum(bool(ADDRESS.search(cell)) for cell in row.cells) <= 1]
    return 2 * len(single) > len(cut)


def plain_list(text: str) -> Sheet:
    found = list(people(text))
    if not any(one.address for one in found):
        raise CannotRead(_("There is no e-mail address in it."))
    if len(found) > ROWS_AT_MOST:
        raise CannotRead(TOO_MANY)
    rows = tuple(Row(number, (one.name, one.address)) for number, one in enumerate(found, 1))
    columns = (Column.NAME, Column.EMAIL)
    return Sheet(tuple(column.label for column in columns), columns, rows)


def table(cut: Sequence[Row], vocabulary: Vocabulary) -> Sheet:
    cut = [Row(row.line, trimmed(row.cells)) for row in cut]
    if not cut:
        raise CannotRead(_("The file is empty."))
    place = heading_place(cut, vocabulary)
    body = [row for row in cut[place + 1 if place is not None else 0 :] if any(row.cells)]
    if not body:
        raise CannotRead(_("There are headings in it, and no rows."))
    if len(body) > ROWS_AT_MOST:
        raise CannotRead(TOO_MANY)
    width = max(len(row.cells) for row in body)
    headings = [*(cut[place].cells if place is not None else ())][:width]
    headings += [""] * (width - len(headings))
    columns = vocabulary.columns(headings, [row.cells for row in body])
    return Sheet(each_once(headings), tuple(columns), tuple(body))


def trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells at the end; of a text no more columns than of a workbook."""
    last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    return cells[: min(last, COLUMNS_AT_MOST)]


def each_once(headings: Sequence[str]) -> tuple[str, ...]:
    """By which staff tell the columns apart, and what a person is shown of their row: none is called as another is."""
    named: list[str] = []
    for number, heading in enumerate(headings, 1):
        name = heading or str(_("Column %(number)d")) % {"number": number}
        named.append(f"{name} ({number})" if name in named else name)
    return tuple(named)


def heading_place(cut: Sequence[Row], vocabulary: Vocabulary) -> int | None:
    """The line with most known headings among the first; else the first one, if no e-mail address stands in it."""
    first = range(min(len(cut), HEADINGS_WITHIN))
    best = max(first, key=lambda place: known_of(vocabulary, cut[place]))
    if known_of(vocabulary, cut[best]):
        return best
    return None if any(ADDRESS.search(cell) for cell in cut[0].cells) else 0
