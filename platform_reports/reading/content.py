"""Columns told by what stands in them, where nobody knows their headings: a language that is in no list is still read."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise

from sheets.rows import Row

from .columns import WHO, Column, Headings, Places, headings_of
from .durations import minutes
from .moments import is_nothing, written
from .people import address
from .tables import Table

LOOKED_AT = 60  # lines are enough to tell a column
MOST = 0.8
NAMES = WHO - {Column.EMAIL, Column.SIGN_IN}


def blocks(cut: Sequence[Row]) -> list[Table]:
    """Lines that stand together, as tables of which nothing is known yet; facts of meetings are none."""
    starts = [
        place
        for place, (above, row) in enumerate(pairwise(cut), 1)
        if row.line > above.line + 1 or above.is_title
    ]
    return [
        Table("", Headings({}, Counter()), tuple(cut[start:end]))
        for start, end in pairwise([0, *starts, len(cut)])
        if start < end
        and max(len(row.cells) for row in cut[start:end]) > 1
        and not begins_with_meeting(cut[start])
    ]


def begins_with_meeting(row: Row) -> bool:
    headings = headings_of(row.cells)
    return headings is not None and headings.is_of_meeting


def knows_times(places: Places) -> bool:
    return {Column.JOINED, Column.LEFT} <= set(places) or {Column.ACTION, Column.MOMENT} <= set(places)


def tells_time(places: Places) -> bool:
    return knows_times(places) or Column.LENGTH in places


def completed(table: Table) -> Table:
    """With the columns that are missing, if what stands in others can only be they."""
    places = dict(table.places)
    if (knows_times(places) or Column.REGISTERED in places) and NAMES & set(places):
        return table
    body = table.rows if places else without_headings(table.rows)
    columns = free_columns(body, places)
    found = times(columns, places)
    places |= found
    if not tells_time(places):
        return table
    if not NAMES & set(places):
        found |= who(columns, places)
        places |= found
    if not found or not WHO & set(places):
        return table
    return replace(table, headings=replace(table.headings, places=places), rows=body)


def without_headings(rows: Sequence[Row]) -> tuple[Row, ...]:
    """From the first line with a moment or an address on."""
    return tuple(dropwhile(lambda row: not any(map(has_moment_or_address, row.cells)), rows))


def has_moment_or_address(cell: str) -> bool:
    return "@" in cell or is_moment(cell)


def is_moment(cell: str) -> bool:
    if ":" not in cell and not any(map(str.isdigit, cell)):
        return False
    found = written(cell)
    return found is not None and bool(found.numbers)


def free_columns(body: Sequence[Row], places: Places) -> dict[int, list[str]]:
    """What stands in each column that has no meaning yet; what is empty left out."""
    columns: dict[int, list[str]] = {}
    for row in body[:LOOKED_AT]:
        for place, cell in enumerate(row.cells):
            if place not in places.values() and not is_nothing(cell):
                columns.setdefault(place, []).append(cell)
    return dict(sorted(columns.items()))


def times(columns: dict[int, list[str]], places: Places) -> Places:
    """The last two columns of moments: those of the meeting stand before. Or one, beside a column of two words."""
    moments = [place for place, cells in columns.items() if mostly(is_moment, cells)]
    missing = [column for column in (Column.JOINED, Column.LEFT) if column not in places]
    if len(moments) >= len(missing) > 0:
        return dict(zip(missing, moments[-len(missing) :], strict=True))
    words = [
        place
        for place, cells in columns.items()
        if place not in moments and len(set(cells)) == 2 < len(cells)
    ]
    if moments and words and Column.JOINED in missing:
        return {Column.MOMENT: moments[-1], Column.ACTION: words[-1]}
    return {}


def who(columns: dict[int, list[str]], places: Places) -> Places:
    free = {place: cells for place, cells in columns.items() if place not in places.values()}
    emails = [place for place, cells in free.items() if Column.EMAIL not in places and mostly(address, cells)]
    named = [
        place
        for place, cells in free.items()
        if place not in emails
        and not mostly(is_moment, cells)
        and not mostly(lambda cell: minutes(cell) is not None, cells)
    ]
    found = {Column.EMAIL: emails[0]} if emails else {}
    if named:  # the topic of the meeting is the same in all lines, and names are not
        found[Column.NAME] = max(named, key=lambda place: (len(set(free[place])), -place))
    return found


def mostly(is_one: Callable[[str], object], cells: Sequence[str]) -> bool:
    return sum(map(bool, map(is_one, cells))) >= MOST * len(cells) > 0
