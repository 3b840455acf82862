"""Moments as reports write them: in any order of day, month and year, with figures and words of any language."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from .facts import DateOrder, Span
from .words import month_names, values

# “a. m.” and “p.m.” are one word each; so are the Persian and Greek ones.
HALF_IN_LETTERS = re.compile(r"(?<!\w)([apπμقب])\s?\.?\s?([mμظ])(?!\w)\.?")

CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s?:\s?(\d{2})(?:\s?:\s?(\d{2})(?:[.,]\d+)?)?(?!\d)")
SPOKEN_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})\s?[時时点點시h]\s?(\d{1,2})(?!\d)\s?[分분]?(?!\s?m)(?:\s?(\d{1,2})\s?[秒초s]?)?(?!\d)"
)
DOTTED_CLOCK = re.compile(r"(?<=[\s,])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])")
CLOCKS = (CLOCK, SPOKEN_CLOCK, DOTTED_CLOCK)
OFFSET = re.compile(
    r"(?:gmt|utc)\s?([+\-−])\s?(\d{1,2})(?::?(\d{2}))?"
    r"|(?:(?<=:\d\d)|(?<=\.\d{3}))\s?([+\-−])(\d{2}):?(\d{2})(?=\s*\)?$)"
)
UNIVERSAL = re.compile(r"(?<=[\d\s(])(?:z|utc|gmt)(?=\s*\)?$)")
# Beside the clock alone: “am 24.11.” is German for “on”.
BEFORE = re.compile(r"[日号號]?([^\d\s.,:;/()\-日号號]+)[\s,]*$")
AFTER = re.compile(r"\s*([^\d\s.,:;/()\-]+)")
WORD = re.compile(r"[^\d\s.,:;/()\-]+")
NUMBER = re.compile(r"\d+")
YEARS = range(1990, 2101)
THAI_YEARS = 543  # ahead of ours
NOTHING = frozenset(("", "-", "--", "---", "–", "—", "n/a", "na"))
PLACES = {DateOrder.YEAR_FIRST: (0, 1, 2), DateOrder.DAY_FIRST: (2, 1, 0), DateOrder.MONTH_FIRST: (2, 0, 1)}


@dataclass(frozen=True)
class Written:
    """What stands in a cell, before anybody knows which number is the day."""

    numbers: tuple[int, ...]  # of the day: three, or two beside a month's name, or none
    digits: tuple[int, ...]  # how many each is written with
    month: int | None  # where it is named
    clock: tuple[int, int, int]
    offset: timedelta | None  # from UTC, where the cell tells it


def is_nothing(cell: str) -> bool:
    return cell.casefold() in NOTHING


def written(cell: str) -> Written | None:
    """None where the cell is no moment, in whatever order."""
    if len(cell) > 80:
        return None
    text = with_our_figures(unicodedata.normalize("NFKC", cell).casefold())
    text = HALF_IN_LETTERS.sub(r"\1\2", text)
    text, offset = without_offset(text)
    for pattern in CLOCKS:
        clock = pattern.search(text)
        if clock:
            break
    else:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups())
    before, after = text[: clock.start()], text[clock.end() :]
    beside = {found[1] for found in (BEFORE.search(before), AFTER.match(after)) if found}
    if beside & values()["morning"] and hour == 12:
        hour = 0
    elif beside & values()["afternoon"] and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or second > 59:
        return None
    day = f"{before} {after}"
    words = WORD.findall(day)
    # The last one: “mar. 24 nov.” begins with a Tuesday, which is also how March is cut short.
    month = next((month_names()[word] for word in reversed(words) if word in month_names()), None)
    numbers = NUMBER.findall(day)
    if len(numbers) != (2 if month else 3) and (numbers or month):
        return None
    if any(len(number) > 4 for number in numbers):
        return None
    return Written(tuple(map(int, numbers)), tuple(map(len, numbers)), month, (hour, minute, second), offset)


def with_our_figures(text: str) -> str:
    """Arabic, Persian and other figures as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)


def without_offset(text: str) -> tuple[str, timedelta | None]:
    found = OFFSET.search(text)
    if found:
        sign, hours, minutes = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset < timedelta(hours=24):
            return text[: found.start()] + text[found.end() :], offset if sign == "+" else -offset
    found = UNIVERSAL.search(text)
    return (text[: found.start()] + text[found.end() :], timedelta()) if found else (text, None)


@lru_cache(maxsize=4096)
def day_of(
    numbers: tuple[int, ...], digits: tuple[int, ...], month: int | None, order: DateOrder
) -> date | None:
    if month:
        by_year = sorted(
            zip(numbers, digits, strict=True), key=lambda number: (number[1] == 4, number[0] > 31)
        )
        if by_year[0][1] == by_year[1][1] and by_year[1][0] <= 31:  # “24 nov 26”, “26 nov 24”
            day, year = (1, 0) if order == DateOrder.YEAR_FIRST else (0, 1)
            parts = numbers[year], month, numbers[day]
        else:
            parts = by_year[1][0], month, by_year[0][0]
    else:
        year, named, day = PLACES[order]
        if 4 in digits and digits[year] != 4:
            return None
        parts = numbers[year], numbers[named], numbers[day]
    full_year = parts[0] + 2000 if parts[0] < 100 else parts[0]
    if full_year - THAI_YEARS in YEARS and full_year not in YEARS:
        full_year -= THAI_YEARS
    try:
        return date(full_year, parts[1], parts[2]) if full_year in YEARS else None
    except ValueError:
        return None


def days_fit(one: Written, order: DateOrder) -> bool:
    return not one.numbers or day_of(one.numbers, one.digits, one.month, order) is not None


def moment(
    one: Written, order: DateOrder, zone: ZoneInfo, meeting: Span, after: datetime | None = None
) -> datetime | None:
    """In UTC. Of an hour that the clock shows twice, the one nearest to the meeting; so with the day, if the cell has none.

    What ends a time is not before its start (`after`), if it can be otherwise.
    """
    if one.numbers:
        days = [day_of(one.numbers, one.digits, one.month, order)]
    else:
        today = meeting[0].astimezone(zone).date()
        days = [today + timedelta(days=ahead) for ahead in (0, -1, 1)]
    clock = timezone(one.offset) if one.offset is not None else zone
    candidates = [
        datetime(day.year, day.month, day.day, *one.clock, fold=fold, tzinfo=clock).astimezone(UTC)
        for day in days
        if day
        for fold in (0, 1)
    ]
    if not candidates:
        return None
    return min(candidates, key=lambda one: (after is not None and one < after, away(one, meeting)))


def away(candidate: datetime, meeting: Span) -> timedelta:
    """How far from the meeting; nothing within it."""
    return max(meeting[0] - candidate, candidate - meeting[1], timedelta())


def order_of(cells: Iterable[Written], meeting: Span, zone: ZoneInfo) -> DateOrder | None:
    """The order in which all cells are days. Where there are several, the one whose days lie nearest to the meeting.

    Few days stand in a report, so that it costs next to nothing to try all orders.
    """
    days = {(cell.numbers, cell.digits, cell.month) for cell in cells if cell.numbers}
    meant = meeting[0].astimezone(zone).date()
    distances = {}
    for order in DateOrder:
        read = [day_of(*day, order) for day in days]
        if all(read):
            distances[order] = sum(abs((day - meant).days) for day in read if day)
    return min(distances, key=distances.__getitem__) if distances else None
