"""Moments in the ways of many languages, and which order of day and month is meant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from platform_reports.reading import CannotRead, read, united
from platform_reports.reading.facts import DateOrder
from platform_reports.reading.moments import moment, order_of, written

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")
AT_TEN = datetime(2026, 11, 24, 10, 15, tzinfo=SEOUL)
MEETING = (AT_TEN, AT_TEN + timedelta(hours=2))


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-24 10:15:00",
        "2026-11-24T10:15:00",
        "2026-11-24T01:15:00Z",
        "2026-11-24T01:15:00.000+00:00",
        "2026-11-24 03:15:00 +0200",
        "11/24/2026 10:15:00 AM",
        "11/24/26, 10:15:00\u202fAM",
        "24/11/2026 10:15",
        "24.11.26 10.15.00",
        "24-11-2026 10:15",
        "10:15 24/11/2026",
        "Nov 24, 2026 10:15 AM",
        "Tue, Nov 24, 2026 at 10:15 a.m.",
        "mar. 24 nov. 2026 à 10 h 15",
        "24 de noviembre de 2026, 10:15:00 a.\u00a0m.",
        "24 nov 26 10:15",
        "Di 24. November 2026 um 10:15 Uhr",
        "24 листопада 2026 р. о 10:15",
        "24 lis 2026, 10:15:00",
        "2026. 11. 24. 오전 10:15:00",
        "2026년 11월 24일 오전 10시 15분",
        "2026年11月24日 午前10:15",
        "2026/11/24 上午10:15:00",
        "٢٤\u200f/١١\u200f/٢٠٢٦، ١٠:١٥ ص",
        "۲۰۲۶/۱۱/۲۴ ۱۰:۱۵",
        "24/11/2569 10:15",
        "24.11.2026 ÖÖ 10:15",
        "24/11/2026 10:15 SA",
        "11/24/2026 10:15:00 AM (GMT+09:00)",
        "11/23/2026 8:15 PM (UTC-5)",
    ],
)
def test_the_same_moment_in_many_ways(cell):
    found = written(cell)
    order = order_of([found], MEETING, SEOUL)
    assert moment(found, order, SEOUL, MEETING) == AT_TEN


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("11/24/2026 12:15 AM", 0),
        ("11/24/2026 12:15 PM", 12),
        ("11/24/2026 1:15 PM", 13),
        ("11/24/2026 13:15 PM", 13),
        ("2026. 11. 24. 오후 8:15", 20),
        ("2026/11/24 晚上 8:15", 20),
        ("2026/11/24 中午 12:15", 12),
        ("24/11/2026 8:15 م", 20),
        ("24/11/2026 8:15 p. m.", 20),
        ("am 24.11.2026 um 12:15 Uhr", 12),
    ],
)
def test_halves_of_the_day(cell, hour):
    assert written(cell).clock[0] == hour


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "--",
        "yesterday",
        "24/11/2026",
        "90",
        "1h 30m",
        "24/11/2026 25:10",
        "24/11/2026 10:75",
        "Ana 10:15 x 3",
        "9" * 90,
    ],
)
def test_what_is_no_moment_in_any_order(cell):
    assert written(cell) is None


@pytest.mark.parametrize(
    ("month", "day", "order"), [(3, 11, DateOrder.DAY_FIRST), (11, 3, DateOrder.MONTH_FIRST)]
)
def test_a_day_that_could_be_two_is_the_one_of_the_meeting(month, day, order):
    starts = datetime(2026, month, day, 10, tzinfo=SEOUL)
    meeting = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    reading = read(report("11/03/2026 10:00,11/03/2026 10:30"), zone=SEOUL, **meeting)
    assert reading.date_order == order
    assert reading.days == (starts.date(),)
    assert reading.is_of(**meeting)


def test_one_line_that_is_clear_settles_the_others_even_against_the_meeting():
    starts = datetime(2026, 3, 11, 10, tzinfo=SEOUL)
    meeting = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    reading = read(
        report("11/03/2026 23:30,11/03/2026 23:50", "11/03/2026 23:55,11/13/2026 00:05"),
        zone=SEOUL,
        **meeting,
    )
    assert reading.date_order == DateOrder.MONTH_FIRST
    assert not reading.is_of(**meeting)


def test_the_wrong_day_is_noticed():
    reading = read(
        report("2026-11-25 10:00,2026-11-25 10:30"), zone=SEOUL, starts_at=MEETING[0], ends_at=MEETING[1]
    )
    assert not reading.is_of(starts_at=MEETING[0], ends_at=MEETING[1])
    assert [person.minutes for person in united(reading, starts_at=MEETING[0], ends_at=MEETING[1])] == [0]


def test_orders_that_change_within_a_file_are_refused_with_the_line():
    with pytest.raises(CannotRead) as refusal:
        read(
            report("24/11/2026 10:00,24/11/2026 10:30", "11/24/2026 10:00,11/24/2026 10:30"),
            zone=SEOUL,
            starts_at=MEETING[0],
            ends_at=MEETING[1],
        )
    assert refusal.value.line == 3
    assert "11/24/2026 10:00" in refusal.value.sentence


def test_times_without_a_day_are_of_the_meeting_and_may_cross_midnight():
    starts = datetime(2026, 11, 24, 23, tzinfo=SEOUL)
    meeting = {"starts_at": starts, "ends_at": starts + timedelta(minutes=90)}
    reading = read(report("22:50:00,00:10:00"), zone=SEOUL, **meeting)
    assert [entry.left - entry.joined for entry in reading.entries] == [timedelta(minutes=80)]
    assert [person.minutes for person in united(reading, **meeting)] == [70]
    assert reading.date_order == ""


@pytest.mark.parametrize(("begins", "ends"), [(0, 30), (1, 40)])
def test_an_hour_that_the_clock_shows_twice_is_the_one_of_the_meeting(begins, ends):
    """On 25 October 2026 clocks in Berlin went from 03:00 back to 02:00."""
    starts = datetime(2026, 10, 25, begins, tzinfo=UTC)
    meeting = {"starts_at": starts, "ends_at": starts + timedelta(minutes=59)}
    reading = read(report(f"25.10.2026 02:10,25.10.2026 02:{ends}"), zone=BERLIN, **meeting)
    assert reading.entries[0].joined == starts + timedelta(minutes=10)
    assert [person.minutes for person in united(reading, **meeting)] == [ends - 10]


def test_who_leaves_in_the_hour_shown_again_stayed_on():
    starts = datetime(2026, 10, 25, 0, tzinfo=UTC)
    meeting = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    reading = read(report("25.10.2026 02:50,25.10.2026 02:10"), zone=BERLIN, **meeting)
    assert [person.minutes for person in united(reading, **meeting)] == [20]


def test_a_cell_that_tells_its_offset_needs_no_zone():
    reading = read(
        report("2026-11-24T01:20:00Z,2026-11-24T01:50:00Z"),
        zone=BERLIN,
        starts_at=MEETING[0],
        ends_at=MEETING[1],
    )
    assert reading.entries[0].joined == AT_TEN + timedelta(minutes=5)


def report(*times: str) -> bytes:
    """Of Zoom, with a person for each pair of times."""
    lines = [f"Person {number},{pair}" for number, pair in enumerate(times)]
    return "\n".join(["Name (Original Name),Join Time,Leave Time", *lines]).encode()
