"""Moments as a report writes them, read in each order of day, month and year."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from .facts import DateOrder

NUMBER = re.compile(r"\d+")
CLOCK = re.compile(r"(\d{1,2})\s*[:.]\s*(\d{2})(?:\s*[:.]\s*(\d{2}))?\s*$")
PLACES = {DateOrder.YEAR_FIRST: "ymd", DateOrder.DAY_FIRST: "dmy", DateOrder.MONTH_FIRST: "mdy"}


def latin_figures(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def moment(cell: str, order: DateOrder, zone: ZoneInfo) -> datetime | None:
    """None where the cell is none in this order."""
    text = latin_figures(cell).casefold()
    afternoon = "pm" in text
    morning = "am" in text
    numbers = [int(number) for number in NUMBER.findall(text)]
    if len(numbers) not in (5, 6):
        return None
    day = dict(zip(PLACES[order], numbers, strict=False))
    hour, minute, second = [*numbers[3:], 0][:3]
    if afternoon and hour < 12:
        hour += 12
    if morning and hour == 12:
        hour = 0
    year = day["y"] + 2000 if day["y"] < 100 else day["y"]
    try:
        return datetime(year, day["m"], day["d"], hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def order_of(cells: Iterable[str], meeting: tuple[datetime, datetime], zone: ZoneInfo) -> DateOrder | None:
    """The order in which all cells are moments, the one nearest to the meeting where there are several."""
    nearest = []
    for order in DateOrder:
        moments = [moment(cell, order, zone) for cell in cells]
        if all(moments):
            away = sum(abs((one - meeting[0]).total_seconds()) for one in moments if one)
            nearest.append((away, order))
    return min(nearest)[1] if nearest else None
