"""Lines with moments as they are written become entries with moments in UTC."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from sheets.errors import CannotRead

from .durations import minutes
from .facts import DateOrder, Entry, Span
from .moments import Written, days_fit, moment, order_of, written
from .people import Line

MINUTE = timedelta(minutes=1)


class Clock:
    """Reads the moments of one file, all in the same order of day, month and year."""

    def __init__(self, lines: Sequence[Line], meeting: Span, zone: ZoneInfo):
        self.meeting, self.zone = meeting, zone
        self.cells: dict[str, Written] = {}
        for line in lines:
            for cell in (line.joined, line.left):
                if cell and cell not in self.cells:
                    self.cells[cell] = read_cell(cell, line)
        self.order = order_of(self.cells.values(), meeting, zone)
        if self.order is None:
            raise self.mixed(lines)

    @property
    def order_said(self) -> str:
        """Empty where no day is written in figures alone."""
        in_figures = any(cell.numbers and not cell.month for cell in self.cells.values())
        return self.order or "" if in_figures else ""

    def moment(self, cell: str, after: datetime | None = None) -> datetime | None:
        assert self.order is not None
        return moment(self.cells[cell], self.order, self.zone, self.meeting, after) if cell else None

    def mixed(self, lines: Sequence[Line]) -> CannotRead:
        """The first line that breaks the order which goes furthest."""
        breaks = [self.first_break(lines, order) for order in DateOrder]
        line, cell = max(breaks, key=lambda one: one[0].line)
        return CannotRead(
            _(
                "Line %(line)s: the day of “%(cell)s” does not exist, or day and month stand in another order there than in"
                " the lines before."
            ),
            line=line.line,
            cell=cell,
        )

    def first_break(self, lines: Sequence[Line], order: DateOrder) -> tuple[Line, str]:
        return next(
            (line, cell)
            for line in lines
            for cell in (line.joined, line.left)
            if cell and not days_fit(self.cells[cell], order)
        )


def read_cell(cell: str, line: Line) -> Written:
    found = written(cell)
    if found is None:
        raise CannotRead(
            _("Line %(line)s: “%(cell)s” stands where a date and a time are expected."),
            line=line.line,
            cell=cell,
        )
    return found


def entry_of(line: Line, clock: Clock) -> Entry:
    """With both times, or with one and the length; the length stays beside them where it is shorter: first to last."""
    joined = clock.moment(line.joined)
    left = clock.moment(line.left, after=joined)
    length = minutes(line.length) if line.length else None
    if joined and left and left < joined:
        if joined - left > MINUTE:
            raise CannotRead(
                _("Line %(line)s: it ends (“%(cell)s”) before it begins."),
                line=line.line,
                cell=line.left,
            )
        left = joined
    if length is not None and joined and not left:
        left = joined + length * MINUTE
    elif length is not None and left and not joined:
        joined = left - length * MINUTE
    if joined and left and length is not None and left - joined <= (length + 1) * MINUTE:
        length = None
    return Entry(line.line, line.name, line.email, joined, left, length, line.original_name, line.role)
