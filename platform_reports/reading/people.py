"""Lines of tables as people, still as they are written: no moment is read here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sheets.people import ADDRESS
from sheets.rows import Row
from texts.names import name_as_typed

from .columns import Column, Places
from .moments import is_nothing
from .tables import Table
from .words import values

LETTERS_OF_A_NAME = 200
LETTERS_OF_A_ROLE = 60
IN_BRACKETS = re.compile(r"(.*\S)\s*[(（]([^()（）]*)[)）]")
GUEST_OF_ANOTHER = "#ext#"  # within what Microsoft makes of a guest's address


@dataclass(frozen=True)
class Line:
    """One line of a table of people. What is not there is empty."""

    line: int
    name: str
    email: str
    original_name: str = ""
    joined: str = ""
    left: str = ""
    length: str = ""
    action: str = ""
    role: str = ""
    waits: bool = False
    attended: bool = True

    @property
    def who(self) -> tuple[str, str]:
        return self.email, self.name.casefold()


def lines(table: Table) -> Iterator[Line]:
    for row in table.rows:
        line = line_of(row, table.places, role=role_by_title(table.title))
        if line.name or line.email or line.joined:
            yield line


def line_of(row: Row, places: Places, role: str) -> Line:
    def cell(column: Column) -> str:
        place = places.get(column)
        found = row.cells[place] if place is not None and place < len(row.cells) else ""
        return "" if is_nothing(found) else found

    name, original, part = names(cell)
    moment, length = cell(Column.JOINED) or cell(Column.MOMENT), cell(Column.LENGTH)
    says_yes = cell(Column.ATTENDED).casefold() in values()["yes"]
    return Line(
        row.line,
        name,
        address(cell(Column.EMAIL)) or address(cell(Column.SIGN_IN)) or address(name),
        original,
        moment,
        cell(Column.LEFT),
        length,
        cell(Column.ACTION),
        (cell(Column.ROLE) or part or role)[:LETTERS_OF_A_ROLE],
        waits=cell(Column.WAITING).casefold() in values()["yes"],
        attended=Column.ATTENDED not in places or says_yes or bool(moment or length),
    )


def names(cell: Callable[[Column], str]) -> tuple[str, str, str]:
    """The name, the one before it was changed, and what stood behind it that is none: “(Host)”."""
    both = cell(Column.BOTH_NAMES)
    whole = name_as_typed(both or cell(Column.NAME))
    whole = whole or name_as_typed(f"{cell(Column.FIRST_NAME)} {cell(Column.LAST_NAME)}")
    original = part = ""
    whole = whole[:LETTERS_OF_A_NAME]
    while found := IN_BRACKETS.fullmatch(whole):
        inside = found[2].strip()
        if inside.casefold() in values()["parts"]:
            part = part or inside
        elif both and not original:
            original = inside
        else:
            break
        whole = found[1]
    return whole, "" if original == whole else original, part


def address(cell: str) -> str:
    found = ADDRESS.search(cell) if "@" in cell else None
    return found[0].lower() if found and GUEST_OF_ANOTHER not in found[0].lower() else ""


def role_by_title(title: str) -> str:
    """Zoom writes hosts and panelists of a webinar in lists of their own."""
    words = title.casefold().split()
    return words[0] if words and words[0] in ("host", "panelist") else ""
