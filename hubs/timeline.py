"""Terms as bars over the years.

Places are percentages of the width, so that a drawing fits any screen with its text unscaled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from .models import Agreement, Milestone


@dataclass(frozen=True)
class Axis:
    first: date
    last: date

    @classmethod
    def of(cls, agreements: Iterable[Agreement], today: date) -> Self:
        """From the beginning of the first year to the end of the last, today among them."""
        days = [today]
        for agreement in agreements:
            days += [agreement.starts_on, agreement.ends_on]
        return cls(date(min(days).year, 1, 1), date(max(days).year, 12, 31))

    @classmethod
    def around(cls, first: date, last: date) -> Self:
        """One term, with a little air at both ends."""
        air = max((last - first) / 25, timedelta(days=1))
        return cls(first - air, last + air)

    def at(self, day: date) -> float:
        """Where the day begins, in percent of the width."""
        whole = (self.last - self.first).days or 1
        return round(100 * (day - self.first).days / whole, 2)

    @property
    def years(self) -> list[tuple[int, float]]:
        """Each year with the place of its first day, as far as it lies on the axis."""
        firsts = [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]
        return [(day.year, self.at(day)) for day in firsts if day >= self.first]


@dataclass(frozen=True)
class Dot:
    """A milestone on the bar."""

    x: float
    milestone: Milestone
    is_met: bool
    is_overdue: bool

    @property
    def tone(self) -> str:
        return "met" if self.is_met else "overdue" if self.is_overdue else "open"


@dataclass(frozen=True)
class Bar:
    agreement: Agreement
    state: Agreement.State
    x: float
    width: float
    dots: list[Dot]
    planned_width: float  # as agreed, where it ended early

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


def bar(agreement: Agreement, axis: Axis, *, now: datetime, met: dict[int, bool]) -> Bar:
    """`met` says of each milestone by its number whether it is met."""
    today = agreement.today(now)
    x = axis.at(agreement.starts_on)
    return Bar(
        agreement=agreement,
        state=agreement.state(today),
        x=x,
        width=round(max(axis.at(agreement.last_day + timedelta(days=1)) - x, 0.6), 2),
        planned_width=round(max(axis.at(agreement.ends_on + timedelta(days=1)) - x, 0.6), 2),
        dots=[
            Dot(
                axis.at(milestone.due_on),
                milestone,
                met.get(milestone.pk, False),
                milestone.is_overdue(today),
            )
            for milestone in agreement.milestones.all()
            if not milestone.is_waived and axis.first <= milestone.due_on <= axis.last
        ],
    )
