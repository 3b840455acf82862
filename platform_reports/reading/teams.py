"""What only Microsoft Teams does: it tells people twice, and once wrote who joined and left in lines of their own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sheets.rows import Row

from .columns import Column
from .facts import Entry
from .people import Line, lines
from .tables import Table

SECTION = re.compile(r"[1-9]\. ?\S")


def has_sections(cut: Sequence[Row]) -> bool:
    """“1. Summary”, “2. Participants”, “3. In-Meeting Activities”, in any language."""
    return sum(bool(row.is_title and SECTION.match(row.cells[0])) for row in cut) >= 2


def lines_of_sections(tables: Sequence[Table]) -> list[Line]:
    """The last table with times tells each join. Who is only in the one before stays."""
    timed = [table for table in tables if Column.JOINED in table.places]
    joins = list(lines(timed[-1]))
    there = {line.who for line in joins} | {(line.email, "") for line in joins if line.email}
    missed = [
        line
        for table in timed[:-1]
        for line in lines(table)
        if line.who not in there and (line.email, "") not in there and ("", line.who[1]) not in there
    ]
    return joins + missed


def paired(told: Iterable[tuple[Line, datetime]]) -> list[Entry]:
    """Joins and leaves of each person, put together. Who did not leave before the file was made has no end."""
    of_person: dict[tuple[str, str], list[tuple[datetime, Line]]] = defaultdict(list)
    for line, at in told:
        of_person[line.who].append((at, line))
    for events in of_person.values():
        events.sort(key=lambda event: event[0])
    joining = words_of_joining(of_person.values())
    return [entry for events in of_person.values() for entry in stays(events, joining)]


def words_of_joining(people: Iterable[Sequence[tuple[datetime, Line]]]) -> set[str]:
    """In whatever language: with which people begin at least as often as they end."""
    first = Counter(events[0][1].action for events in people)
    last = Counter(events[-1][1].action for events in people)
    return {word for word in first if first[word] >= last[word]}


def stays(events: Sequence[tuple[datetime, Line]], joining: set[str]) -> list[Entry]:
    result: list[Entry] = []
    began: tuple[datetime, Line] | None = None
    for at, line in events:
        if line.action in joining:
            began = began or (at, line)
        elif began:
            result.append(entry(began[1], began[0], at))
            began = None
        else:
            result.append(entry(line, None, at))
    if began:
        result.append(entry(began[1], began[0], None))
    return result


def entry(line: Line, joined: datetime | None, left: datetime | None) -> Entry:
    return Entry(line.line, line.name, line.email, joined, left, role=line.role)
