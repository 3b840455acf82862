"""Holidays and weekends by country."""

from datetime import date

import pytest
from django.utils import translation

from planning.days_off import holiday, is_weekend, is_worked, nearest

THURSDAY = date(2026, 12, 3)
FRIDAY, SATURDAY, SUNDAY = date(2026, 12, 4), date(2026, 12, 5), date(2026, 12, 6)


@pytest.mark.parametrize(
    ("country", "weekend"),
    [
        ("ES", {SATURDAY, SUNDAY}),
        ("KR", {SATURDAY, SUNDAY}),
        ("EG", {FRIDAY, SATURDAY}),
        ("IR", {FRIDAY}),
        ("XX", set()),  # of which the library knows nothing
    ],
)
def test_weekends_are_those_of_the_country(country: str, weekend: set[date]) -> None:
    days = (THURSDAY, FRIDAY, SATURDAY, SUNDAY)
    assert {day for day in days if is_weekend(country, day)} == weekend


def test_where_a_holiday_was_moved_a_weekend_is_worked() -> None:
    day = date(2026, 9, 20)  # a Sunday before the National Day of China
    assert (is_worked("CN", day), is_weekend("CN", day)) == (True, False)
    assert not is_worked("KR", day)


def test_a_holiday_is_named_in_the_readers_language_else_in_english() -> None:
    day = date(2026, 7, 23)
    names = {}
    for language in ("en", "fr", "es", "ar"):
        with translation.override(language):
            names[language] = holiday("EG", day)
    assert names == {
        "en": "July 23 Revolution Day",
        "fr": "Fête de la Révolution du 23 Juillet",
        "es": "July 23 Revolution Day",
        "ar": "عيد ثورة ٢٣ يوليو",
    }
    assert holiday("EG", date(2026, 7, 22)) == holiday("XX", day) == ""


def test_the_nearest_language_is_a_kind_of_the_readers_own() -> None:
    assert nearest("ar", ("ar_EG", "en_US", "fr")) == "ar_EG"
    assert nearest("es", ("en_US", "ko")) == "en_US"
    assert nearest("es", ("mg", "uk")) is None
