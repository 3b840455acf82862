"""The rows of an Excel workbook, each cell as text. Formulas are text as well: nothing is worked out here."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from texts.cleaning import cleaned

from .errors import CannotRead
from .rows import MARKS, Limits, Row, plain_cell, text_cell

UNPACKED_AT_MOST = 100 * 1024 * 1024
COLUMNS_AT_MOST = 200
EMPTY_ROWS_AT_MOST = 1000  # one after the other: a sheet of which somebody colored a million rows ends there
DAMAGED = _("This workbook cannot be opened. Save it again as XLSX or as CSV.")
# What openpyxl raises for what is no workbook, or a damaged one.
FAILURES = (
    InvalidFileException,
    ParseError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    OSError,
    EOFError,
    AttributeError,
)


def workbook_rows(
    content: bytes, limits: Limits, *, is_meant: Callable[[Sequence[Row]], bool] = lambda rows: True
) -> list[Row]:
    """Of the first sheet that is shown and `is_meant`; else of the first one that holds anything. Raises CannotRead."""
    refuse_what_unpacks_to_too_much(content)
    try:
        # Its warnings are about what is not read anyhow: styles, lists to choose from.
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            try:
                return of_sheets(
                    [one for one in book.worksheets if one.sheet_state == "visible"], limits, is_meant
                )
            finally:
                book.close()
    except FAILURES as error:
        raise CannotRead(DAMAGED) from error


def of_sheets(sheets: Sequence[Any], limits: Limits, is_meant: Callable[[Sequence[Row]], bool]) -> list[Row]:
    first: list[Row] = []
    for sheet in sheets:
        try:
            found = rows_of(sheet, limits)
        except CannotRead:
            if first:
                continue  # it is none of those that are asked for
            raise
        if found and is_meant(found):
            return found
        first = first or found
    return first


def refuse_what_unpacks_to_too_much(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = archive.infolist()
    except zipfile.BadZipFile as error:
        raise CannotRead(DAMAGED) from error
    if "xl/workbook.xml" not in {file.filename for file in files}:
        raise CannotRead(_("This is no Excel workbook. Save the table as XLSX or as CSV."))
    if sum(file.file_size for file in files) > UNPACKED_AT_MOST:
        raise CannotRead(_("This workbook is too large once it is unpacked. Save its table as CSV."))


def rows_of(sheet: Any, limits: Limits) -> list[Row]:
    sheet.reset_dimensions()  # what a workbook says of its size may be anything
    rows: list[Row] = []
    for line, cells in enumerate(written(sheet, limits), 1):
        if any(cells):
            rows.append(Row(line, cells))
        if len(rows) > limits.rows:
            raise CannotRead(limits.too_many)
        if line > (rows[-1].line if rows else 0) + EMPTY_ROWS_AT_MOST:
            break
    return rows


def written(sheet: Any, limits: Limits) -> Iterator[tuple[str, ...]]:
    for cells in sheet.iter_rows(values_only=True, max_col=COLUMNS_AT_MOST):
        texts = [as_text(cell, limits) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield tuple(texts)


def as_text(cell: object, limits: Limits) -> str:
    """As somebody would type it: whole numbers without a point, a day without midnight."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    if limits.as_written:
        return text_cell(cleaned(str(cell)))
    return plain_cell(cleaned(str(cell).translate(MARKS)))
