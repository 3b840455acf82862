"""Days and hours in words: one order and one clock in each language, on pages, in letters and in Django's own formats."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.formats import date_format

from accounts.clock_words import day, full_day, length, moment, span, span_beside

MADRID = ZoneInfo("Europe/Madrid")
SEOUL = ZoneInfo("Asia/Seoul")
EVENING = datetime(2026, 12, 11, 18, 0, tzinfo=SEOUL)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Friday 11 December 2026, 18:00–19:00"),
        ("fr", "vendredi 11 décembre 2026, 18:00–19:00"),
        ("es", "viernes 11 de diciembre de 2026, 18:00–19:00"),
        ("ar", "الجمعة 11 ديسمبر 2026، \u206718:00–19:00\u2069"),
    ],
)
def test_a_span_names_its_day_once(language, words):
    with translation.override(language):
        assert span(EVENING, EVENING + HOUR) == words


def test_over_midnight_and_over_days_both_days_are_named():
    late = EVENING + timedelta(hours=5, minutes=30)
    assert span(late, late + HOUR) == "Friday 11 December 2026, 23:30 – Saturday 12 December 2026, 00:30"
    assert span(EVENING, EVENING + timedelta(days=3)) == (
        "Friday 11 December 2026, 18:00 – Monday 14 December 2026, 18:00"
    )
    assert span(EVENING, None) == moment(EVENING) == "Friday 11 December 2026, 18:00"


@pytest.mark.parametrize(
    ("start", "lasts", "shown", "words"),
    [
        (EVENING, HOUR, date(2026, 12, 11), "18:00–19:00"),
        (EVENING, HOUR, date(2026, 12, 10), "Friday 18:00–19:00"),
        (EVENING + 5.5 * HOUR, HOUR, date(2026, 12, 11), "23:30 – Saturday 00:30"),
        # The day that is shown is the second one here: both are named.
        (EVENING + 5.5 * HOUR, HOUR, date(2026, 12, 12), "Friday 23:30 – Saturday 00:30"),
        (EVENING, 48 * HOUR, date(2026, 12, 11), span(EVENING, EVENING + 48 * HOUR)),
    ],
)
def test_beside_another_clock_a_weekday_stands_where_it_is_needed(start, lasts, shown, words):
    assert span_beside(start, start + lasts, shown=shown) == words


def test_a_single_moment_beside_another_clock():
    assert span_beside(EVENING, None, shown=date(2026, 12, 11)) == "18:00"
    assert span_beside(EVENING, None, shown=date(2026, 12, 12)) == "Friday 18:00"


def test_french_counts_the_first_of_a_month_and_no_other_day():
    with translation.override("fr"):
        assert day(date(2026, 11, 1)) == "1er novembre 2026"
        assert [day(date(2026, 11, n)) for n in (2, 11, 21, 31 - 1)] == [
            f"{n} novembre 2026" for n in (2, 11, 21, 30)
        ]
        assert full_day(date(2026, 11, 1)) == "dimanche 1er novembre 2026"
        assert date_format(datetime(2026, 11, 1, 9, 5), "DATETIME_FORMAT") == "1er novembre 2026, 09:05"
        assert date_format(date(2026, 11, 1), "j") == "1"  # on the sheet of a calendar
    for language, words in (
        ("en", "1 November 2026"),
        ("es", "1 de noviembre de 2026"),
        ("ar", "1 نوفمبر 2026"),
    ):
        with translation.override(language):
            assert day(date(2026, 11, 1)) == words


def test_english_has_one_order_of_dates_and_the_clock_of_24_hours():
    at = datetime(2026, 11, 24, 16, 5)
    formats = ("DATE_FORMAT", "DATETIME_FORMAT", "TIME_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")
    assert [date_format(at, name) for name in formats] == [
        "24 November 2026",
        "24 November 2026, 16:05",
        "16:05",
        "24 Nov 2026",
        "24 Nov 2026, 16:05",
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_no_language_tells_the_half_of_the_day(language):
    with translation.override(language):
        for name in ("TIME_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT"):
            assert "16:05" in date_format(datetime(2026, 11, 24, 16, 5), name)


def test_an_hour_that_comes_twice_is_told_as_the_clocks_show_it():
    twice = datetime(2027, 10, 31, 2, 30, tzinfo=MADRID)
    assert span(twice, twice.replace(fold=1)) == "Sunday 31 October 2027, 02:30–02:30"


@pytest.mark.parametrize(
    ("minutes", "language", "words"),
    [
        (1200, "en", "20 hours"),
        (60, "en", "1 hour"),
        (390, "en", "6 h 30 min"),
        (45, "fr", "45 minutes"),
        (0, "es", "0 minutos"),
        (180, "ar", "3 ساعات"),
    ],
)
def test_a_length_is_told_in_hours_and_minutes(minutes, language, words):
    with translation.override(language):
        assert length(minutes) == words
