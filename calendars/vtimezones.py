"""VTIMEZONE components (RFC 5545, 3.6.5), worked out from the tz database.

Calendar programs do not share our tz database, so every file carries the zone's rules for the years it speaks
of. Where the rules repeat every year (“the last Sunday in March”), they are written as a yearly RRULE, which
is what Outlook understands best; where they do not (Cairo, Casablanca), each change of the clocks stands for
itself. An onset is told in the local time that ends with it, as the RFC asks.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

type Observance = TimezoneStandard | TimezoneDaylight

# A rule counts as yearly when it holds for so many years.
YEARS_OF_PROOF = 12
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Onset:
    """The clocks change."""

    at: datetime  # naive, in the local time that was in force until then
    before: timedelta
    after: timedelta
    name: str
    daylight: bool


@lru_cache(maxsize=512)
def vtimezone(tzid: str, first_year: int, last_year: int) -> Timezone:
    """The zone's rules for all moments from `first_year` to `last_year`. Kept: working them out takes milliseconds."""
    component = Timezone()
    component.add("TZID", tzid)
    for observance in observances(ZoneInfo(tzid), first_year, last_year):
        component.add_component(observance)
    return component


def observances(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Observance]:
    # From the year before, so that the first moment already lies behind an onset.
    onsets = list(onsets_in(zone, first_year - 1, last_year))
    if not onsets:
        yield always(zone, datetime(first_year, 1, 1, tzinfo=UTC))
        return
    rules = yearly_rules(zone, first_year - 1)
    if rules:
        for onset, rule in rules:
            yield observance(onset, rule)
        return
    yield always(zone, datetime(first_year - 1, 1, 1, tzinfo=UTC))
    for onset in onsets:
        yield observance(onset)


def onsets_in(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Onset]:
    """Every change of the clocks in these years, found by looking at each day and halving the days that differ."""
    day, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while day < end:
        low, high = day, day + timedelta(days=1)
        day = high
        if offset(zone, low) == offset(zone, high):
            continue
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) // 2
            if offset(zone, middle) == offset(zone, low):
                low = middle
            else:
                high = middle
        at = high.replace(microsecond=0)
        before, after = offset(zone, at - timedelta(seconds=1)), offset(zone, at)
        yield Onset(
            at=(at + before).replace(tzinfo=None),
            before=before,
            after=after,
            name=at.astimezone(zone).tzname() or "",
            # By the clock, not by law: in Ireland and Morocco winter time is the exception, which programs get wrong.
            daylight=after > before,
        )


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def yearly_rules(zone: ZoneInfo, first_year: int) -> list[tuple[Onset, vRecur]]:
    """One rule for the start of summer time and one for its end, when both repeat from `first_year` on; else nothing."""
    last_year = first_year + YEARS_OF_PROOF - 1
    onsets = list(onsets_in(zone, first_year, last_year))
    rules = []
    for daylight in (True, False):
        same = [onset for onset in onsets if onset.daylight is daylight]
        rule = yearly_rule(same) if len(same) == YEARS_OF_PROOF else None
        if rule is None:
            return []
        rules.append((same[0], rule))
    return rules


def yearly_rule(onsets: list[Onset]) -> vRecur | None:
    """“The second Sunday in March” or “the last Sunday in October”, if it fits all of them."""
    first = onsets[0]
    alike = {
        (o.at.year - first.at.year - i, o.at.month, o.at.weekday(), o.at.time(), o.before, o.after)
        for i, o in enumerate(onsets)
    }
    if len(alike) != 1:
        return None
    from_start = {(o.at.day - 1) // 7 + 1 for o in onsets}
    from_end = {(monthrange(o.at.year, o.at.month)[1] - o.at.day) // 7 + 1 for o in onsets}
    if from_end == {1}:
        place = -1
    elif len(from_start) == 1:
        place = from_start.pop()
    else:
        return None
    weekday = f"{place}{WEEKDAYS[first.at.weekday()]}"
    return vRecur({"FREQ": "YEARLY", "BYMONTH": first.at.month, "BYDAY": weekday})


def observance(onset: Onset, rule: vRecur | None = None) -> Observance:
    component = TimezoneDaylight() if onset.daylight else TimezoneStandard()
    component.add("DTSTART", onset.at)
    component.add("TZOFFSETFROM", onset.before)
    component.add("TZOFFSETTO", onset.after)
    if onset.name:
        component.add("TZNAME", onset.name)
    if rule:
        component.add("RRULE", rule)
    return component


def always(zone: ZoneInfo, at: datetime) -> Observance:
    """What is in force at `at`, as if it had always been so."""
    here = offset(zone, at)
    name = at.astimezone(zone).tzname() or ""
    return observance(Onset(at=datetime(1970, 1, 1), before=here, after=here, name=name, daylight=False))
