"""The tables among the lines of a report."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sheets import rows
from sheets.rows import Limits, Row

from .columns import Headings, Places, headings_of

LIMITS = Limits(rows=5000, too_many=_("The file has more than 5,000 rows: no report of one call has."))


@dataclass(frozen=True)
class Table:
    title: str  # the line above its headings, where it has one cell: “Panelist Details”
    headings: Headings
    rows: tuple[Row, ...]

    @property
    def places(self) -> Places:
        return self.headings.places


def best_rows(text: str) -> list[Row]:
    return rows.best_rows(text, LIMITS, known=known_cells)


def known_cells(cut: Sequence[Row]) -> int:
    headings = (headings_of(row.cells) for row in cut)
    return sum(len(one.places) for one in headings if one)


def tables(cut: Sequence[Row]) -> list[Table]:
    """Each from its headings to the next ones, or to a line that stands by itself: the title of another part."""
    headings = [headings_of(row.cells) for row in cut]
    result = []
    for place, found in enumerate(headings):
        if not found:
            continue
        end = place + 1
        while end < len(cut) and not headings[end] and not ends_table(cut, headings, end):
            end += 1
        title = cut[place - 1].cells[0] if place and cut[place - 1].is_title else ""
        result.append(Table(title, found, tuple(cut[place + 1 : end])))
    return result


def ends_table(cut: Sequence[Row], headings: Sequence[Headings | None], place: int) -> bool:
    """A title: alone in its line, with an empty line above, or headings below."""
    if not cut[place].is_title:
        return False
    stands_apart = cut[place].line > cut[place - 1].line + 1
    return stands_apart or (place + 1 < len(cut) and headings[place + 1] is not None)
