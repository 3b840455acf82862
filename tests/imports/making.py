"""Lists of people as somebody would send them, and imports made of them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from accounts.models import User
from catalog.models import Session
from imports import actions
from imports.models import Import
from imports.reading import read_file
from tests import cast

HEADINGS = ("E-mail address", "Name", "Organization", "Post", "Profile", "Country")
FOR_ALL = {"timezone": "Africa/Dakar", "language": "en"}


def people(how_many: int, *, first: int = 1) -> list[tuple[str, ...]]:
    return [
        (
            f"nominee.{n}@dakar.example",
            f"Nominee Diop {letters(n)}",
            "Dakar",
            "Officer",
            "technical",
            "Senegal",
        )
        for n in range(first, first + how_many)
    ]


def letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def as_csv(
    rows: Sequence[Sequence[object]],
    headings: Sequence[str] = HEADINGS,
    *,
    separator: str = ",",
    encoding: str = "utf-8",
) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerows([headings, *rows] if headings else rows)
    return file.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in [headings, *rows]:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def imported(
    session: Session, rows: Sequence[Sequence[object]] | bytes, *, by: User | None = None, **options: Any
) -> Import:
    """Read, and not begun."""
    content = rows if isinstance(rows, bytes) else as_csv(rows)
    options = {"ground": "named", "source": "Nominations of Dakar", "for_all": FOR_ALL} | options
    return actions.make(
        session=session, sheet=read_file(content), content=content, by=by or cast.secretary(), **options
    )


def done(
    session: Session, rows: Sequence[Sequence[object]] | bytes, *, now: Any = None, **options: Any
) -> Import:
    of = imported(session, rows, **options)
    actions.begin(of=of, by=of.read_by, now=now)
    return actions.go_on(of=of, now=now)


def outcomes(of: Import) -> dict[str, str]:
    return dict(of.entries.values_list("email", "outcome"))
