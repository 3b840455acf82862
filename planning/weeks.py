"""The days that a calendar shows: a month in whole weeks, or one week. Days are those of whoever looks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import clock_words
from desk.years import FIRST_YEAR, LAST_YEAR

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
DAY, SEVEN = timedelta(days=1), timedelta(days=7)


class NoSuchPeriod(ValueError):
    """The address names a month or a week that is none."""


@dataclass(frozen=True)
class Period:
    """A month or a week, by its first day and its last."""

    first: date
    last: date
    is_month: bool

    @property
    def weeks(self) -> list[list[date]]:
        """From Monday to Sunday."""
        monday, found = monday_of(self.first), []
        while monday <= self.last:
            found.append([monday + number * DAY for number in range(7)])
            monday += SEVEN
        return found

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first midnight to the last, on the reader's clock."""
        weeks, clock = self.weeks, timezone.get_current_timezone()
        start, end = weeks[0][0], weeks[-1][-1] + DAY
        return datetime.combine(start, time(), clock), datetime.combine(end, time(), clock)

    @property
    def asked(self) -> str:
        """As the address says it: “month=2026-12”."""
        return f"{'month' if self.is_month else 'week'}={self.value}"

    @property
    def value(self) -> str:
        return month_of(self.first) if self.is_month else week_of(self.first)

    @property
    def words(self) -> str:
        """“December 2026”; “Week 50: 7 to 13 December 2026”."""
        if self.is_month:
            return month_words(self.first)
        return _("Week %(number)d: %(days)s") % {
            "number": self.first.isocalendar().week,
            "days": clock_words.days(self.first, self.last),
        }

    @property
    def earlier(self) -> "Period | None":
        day = self.first - DAY
        return of_day(day, is_month=self.is_month) if day.year >= FIRST_YEAR else None

    @property
    def later(self) -> "Period | None":
        day = self.last + DAY
        return of_day(day, is_month=self.is_month) if day.year <= LAST_YEAR else None


def of_day(day: date, *, is_month: bool) -> Period:
    if not is_month:
        return Period(monday_of(day), monday_of(day) + 6 * DAY, is_month=False)
    next_month = (day.replace(day=1) + 31 * DAY).replace(day=1)
    return Period(day.replace(day=1), next_month - DAY, is_month=True)


def period_asked(query: QueryDict, today: date) -> Period:
    """Of `?month=2026-12` or `?week=2026-W50`; this month when none is named."""
    if week := query.get("week"):
        return read(
            WEEK, week, lambda year, number: of_day(date.fromisocalendar(year, number, 1), is_month=False)
        )
    if month := query.get("month"):
        return read(MONTH, month, lambda year, number: of_day(date(year, number, 1), is_month=True))
    return of_day(today, is_month=True)


def read(pattern: re.Pattern[str], text: str, made: Callable[[int, int], Period]) -> Period:
    match = pattern.fullmatch(text)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise NoSuchPeriod(text)
    try:
        return made(int(match[1]), int(match[2]))
    except ValueError as error:
        raise NoSuchPeriod(text) from error


def monday_of(day: date) -> date:
    return day - day.weekday() * DAY


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def week_of(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def month_words(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")
