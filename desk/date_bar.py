"""The bar of dates above a list: it leads to the years, months and days between the first and the last of all rows.

Django reads every row of the list for it, to leave out months in which nothing is; here an index tells the two ends.
"""

import calendar
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from texts.numbers import number_in

if TYPE_CHECKING:
    from .lists import TruthfulList

type Parts = tuple[int, ...]
NAMES = ("year", "month", "day")
FORMATS = ("Y", "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT")


class Choice(NamedTuple):
    link: str
    title: str


class Bar(NamedTuple):
    field_name: StrOrPromise
    back: Choice | None
    choices: list[Choice]


def bar_of(rows: "TruthfulList") -> Bar | None:
    """None where there is nothing to choose from."""
    field = str(rows.date_hierarchy)
    ends = [end(rows, order) for order in (field, f"-{field}")]
    if ends[0] is None or ends[1] is None:
        return None
    first, last = parts_of(ends[0]), parts_of(ends[1])
    given = asked(rows, field)
    chosen = given or same_start(first, last)

    def choice(parts: Parts) -> Choice:
        filters = {f"{field}__{name}": str(part) for name, part in zip(NAMES, parts, strict=False)}
        return Choice(rows.get_query_string(filters, [f"{field}__"]), title_of(parts))

    if len(chosen) == len(NAMES):
        choices = [Choice("", title_of(chosen))]
    else:
        choices = [choice(parts) for parts in within(chosen, first, last)]
    back = choice(chosen[:-1]) if chosen else None
    if back and not chosen[:-1]:
        back = Choice(back.link, _("All dates"))
    return Bar(field_of(rows).verbose_name, back, choices)


def field_of(rows: "TruthfulList") -> Any:
    return rows.model._meta.get_field(str(rows.date_hierarchy))


def end(rows: "TruthfulList", order: str) -> date | None:
    name = order.removeprefix("-")
    known = rows.model._base_manager.exclude(**{name: None}).order_by(order)
    found: date | None = known.values_list(name, flat=True).first()
    return timezone.localtime(found) if isinstance(found, datetime) else found


def parts_of(day: date) -> Parts:
    return day.year, day.month, day.day


def asked(rows: "TruthfulList", field: str) -> Parts:
    """What the address names, as far as a calendar has it."""
    found: list[int] = []
    for name, most in zip(NAMES, (9999, 12, 31), strict=True):
        number = number_in(str(rows.params.get(f"{field}__{name}", "")))
        if not number or number > most:
            break
        found.append(number)
    if len(found) == len(NAMES) and found[2] > calendar.monthrange(found[0], found[1])[1]:
        found.pop()
    return tuple(found)


def same_start(first: Parts, last: Parts) -> Parts:
    """What there is no choice between: the only year, the only month."""
    alike = 0
    while alike < 2 and first[alike] == last[alike]:
        alike += 1
    return first[:alike]


def within(chosen: Parts, first: Parts, last: Parts) -> list[Parts]:
    """What comes next after the chosen parts, between the two ends."""
    if not chosen:
        numbers = range(first[0], last[0] + 1)
    elif len(chosen) == 1:
        numbers = range(1, 13)
    else:
        numbers = range(1, calendar.monthrange(chosen[0], chosen[1])[1] + 1)
    size = len(chosen) + 1
    every = [(*chosen, number) for number in numbers]
    return [parts for parts in every if first[:size] <= parts <= last[:size]]


def title_of(parts: Parts) -> str:
    if len(parts) < 2:
        return "".join(str(part) for part in parts)
    return capfirst(date_format(date(*(*parts, 1)[:3]), FORMATS[len(parts) - 1]))
