"""The VTIMEZONEs we write, read by a small interpreter of RFC 5545 3.6.5 and held against the tz database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Timezone

from calendars.vtimezones import vtimezone

ZONES = [
    "Europe/Madrid",
    "America/Mexico_City",  # no summer time since 2022
    "Africa/Cairo",  # summer time again since 2023, ending on a Friday at 00:00
    "Asia/Tehran",  # half an hour, no summer time since 2022
    "Asia/Seoul",
    "Asia/Kathmandu",  # three quarters
    "Africa/Casablanca",  # summer time but for Ramadan: the clocks go back
    "Europe/Dublin",  # by law the other way round
    "America/New_York",
    "Australia/Lord_Howe",  # changes by half an hour
    "Pacific/Auckland",
    "UTC",
]


def onsets(component: Timezone, until: int) -> Iterator[tuple[datetime, timedelta]]:
    """When which offset comes into force, in UTC, as a calendar program would work it out."""
    for observance in component.subcomponents:
        start = observance["DTSTART"].dt
        before, after = observance["TZOFFSETFROM"].td, observance["TZOFFSETTO"].td
        local = [start]
        if "RRULE" in observance:
            rule = rrulestr(observance["RRULE"].to_ical().decode(), dtstart=start)
            local = rule.between(start, datetime(until, 12, 31), inc=True)
        for at in local:
            yield at - before, after


def offset_by_rules(rules: list[tuple[datetime, timedelta]], at: datetime) -> timedelta:
    return max((rule for rule in rules if rule[0] <= at), key=lambda rule: rule[0])[1]


@pytest.mark.parametrize("zone", ZONES)
def test_the_rules_tell_the_offset_of_every_hour_of_three_years(zone):
    rules = sorted(onsets(vtimezone(zone, 2026, 2028), until=2029))
    at, end = datetime(2026, 1, 1), datetime(2029, 1, 1)
    wrong = []
    while at < end:
        expected = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
        if offset_by_rules(rules, at) != expected:
            wrong.append(at)
        at += timedelta(hours=1)
    assert wrong == []


def test_yearly_rules_are_written_as_outlook_reads_them():
    text = vtimezone("Europe/Madrid", 2026, 2026).to_ical().decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text
    # The onset is told in the time that ends with it: 02:00 winter time, 03:00 summer time.
    assert "DTSTART:20250330T020000" in text
    assert "DTSTART:20251026T030000" in text


def test_a_change_that_follows_no_yearly_rule_stands_for_itself():
    text = vtimezone("Africa/Cairo", 2026, 2026).to_ical().decode()
    assert "RRULE" not in text
    assert "DTSTART:20260424T000000" in text
    assert "DTSTART:20261030T000000" in text


def test_where_the_clocks_never_change_one_rule_holds_for_ever():
    zone = vtimezone("America/Mexico_City", 2026, 2027)
    assert [part.name for part in zone.subcomponents] == ["STANDARD"]
    assert zone.subcomponents[0]["DTSTART"].dt == datetime(1970, 1, 1)


def test_the_component_is_worked_out_once():
    assert vtimezone("Asia/Tehran", 2026, 2027) is vtimezone("Asia/Tehran", 2026, 2027)
