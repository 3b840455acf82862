from datetime import date

import pytest

from hubs.duration import anniversary, last_day, middle


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 6, 1), date(2028, 5, 31)),
        (date(2025, 1, 1), date(2027, 12, 31)),
        (date(2024, 2, 29), date(2027, 2, 28)),  # there is no 29 February 2027
        (date(2024, 3, 1), date(2027, 2, 28)),
        (date(2021, 3, 1), date(2024, 2, 29)),  # there is one in 2024
        (date(2025, 2, 28), date(2028, 2, 27)),
    ],
)
def test_three_years_end_the_day_before_the_anniversary(first, last):
    assert last_day(first) == last


def test_four_years_lead_from_one_leap_day_to_the_next():
    assert anniversary(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert last_day(date(2024, 2, 29), 4) == date(2028, 2, 28)


def test_terms_follow_each_other_without_a_gap_and_without_a_common_day():
    first = date(2024, 2, 29)
    for _term in range(4):
        last = last_day(first)
        following = date.fromordinal(last.toordinal() + 1)
        assert following == anniversary(first, 3)
        first = following


def test_the_middle_leaves_as_many_days_before_as_after():
    first, last = date(2025, 6, 1), date(2028, 5, 31)
    half = middle(first, last)
    assert half == date(2026, 12, 1)
    assert (half - first).days == (last - half).days + 1
