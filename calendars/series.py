"""Meetings of any dates as one recurrence that calendar programs agree on (RFC 5545, 3.8.5).

A rule with a count, some of whose dates are left out (EXDATE) or moved (an override with RECURRENCE-ID). Lists of dates
(RDATE) are not used: of a series told by them Outlook takes nothing, node-ical one meeting, ical.js all but the first.

Outlook allows one meeting a day, and lets none be moved past its neighbors ([MS-OXCICAL], RDATE; [MS-OXOCAL],
PidLidAppointmentRecur), so the rule is chosen to keep to that. Where a day has several meetings it cannot be kept: the
first of the day keeps to it, and the others are moved there from dates behind the rule's end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice, pairwise
from math import gcd
from typing import Any

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Series:
    """`rule` holds the parts of an RRULE that begins with the first meeting. `slots` are the rule's moments that the
    meetings stand at, one for each in their order; `left_out` those where none stands. All are naive, of one clock."""

    rule: dict[str, Any]
    slots: list[datetime]
    left_out: list[datetime]


@dataclass(frozen=True)
class Pace:
    """How a rule goes on: `gaps` are the days from each date to the next, over and over."""

    rule: dict[str, Any]
    gaps: list[int]

    def days(self) -> Iterator[int]:
        """The rule's days without end, counted from the first, which is 0."""
        day = 0
        yield day
        for gap in cycle(self.gaps):
            day += gap
            yield day

    def places_for(self, days: Sequence[int]) -> list[int] | None:
        """Where in the rule a meeting of each day stands: on its day or between the days before and after. None when
        two would stand at one place."""
        rule_days = self.days()
        known = [next(rule_days), next(rule_days)]
        places = [0]
        for day in days[1:]:
            place = places[-1] + 1
            while True:
                while len(known) <= place + 1:
                    known.append(next(rule_days))
                if known[place + 1] > day:
                    break
                place += 1
            if known[place - 1] >= day:
                return None
            places.append(place)
        return places


def series_of(starts: Sequence[datetime]) -> Series:
    """The series of meetings that start at these moments: naive, of one clock, rising, two at least."""
    first = starts[0]
    days = [(start.date() - first.date()).days for start in starts]
    pace, places = best_fit(sorted(set(days)), first)
    place_of_day = dict(zip(sorted(set(days)), places, strict=True))
    spare = places[-1] + 1
    chosen = []
    for day in days:
        if day in place_of_day:
            chosen.append(place_of_day.pop(day))
        else:
            chosen.append(spare)
            spare += 1
    moments = [first + timedelta(days=day) for day in islice(pace.days(), spare)]
    return Series(
        rule=pace.rule | {"COUNT": len(moments)},
        slots=[moments[place] for place in chosen],
        left_out=[moment for place, moment in enumerate(moments) if place not in chosen],
    )


def best_fit(days: Sequence[int], first: datetime) -> tuple[Pace, list[int]]:
    """The pace that leaves out and moves the fewest, and the place of each day in it. Every day has its own at one a day."""
    fits = [(pace, places) for pace in paces(days, first) if (places := pace.places_for(days))]
    return min(fits, key=lambda fit: departures(days, *fit))


def departures(days: Sequence[int], pace: Pace, places: Sequence[int]) -> int:
    rule_days = list(islice(pace.days(), places[-1] + 1))
    moved = sum(rule_days[place] != day for day, place in zip(days, places, strict=True))
    return moved + len(rule_days) - len(places)


def paces(days: Sequence[int], first: datetime) -> Iterator[Pace]:
    """The plainer first: every so many weeks or days, then certain weekdays."""
    gaps = {later - earlier for earlier, later in pairwise(days)} or {1}
    on_average = max(1, round(days[-1] / max(1, len(days) - 1)))
    for gap in sorted(gaps | {gcd(*gaps), on_average, 1}):
        yield every(gap)
    in_week = sorted({day % 7 for day in days})
    if len(in_week) > 1:
        names = sorted((first.weekday() + day) % 7 for day in in_week)
        rule = {"FREQ": "WEEKLY", "BYDAY": [WEEKDAYS[number] for number in names]}
        yield Pace(rule, [later - earlier for earlier, later in pairwise([*in_week, 7])])


def every(days: int) -> Pace:
    weeks, rest = divmod(days, 7)
    frequency, interval = ("DAILY", days) if rest else ("WEEKLY", weeks)
    rule: dict[str, Any] = {"FREQ": frequency}
    return Pace(rule if interval == 1 else rule | {"INTERVAL": interval}, [days])
