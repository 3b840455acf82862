"""Public holidays and weekends of a country, by the library `holidays`. It knows countries, not cities: a city's own feast
days are not among them. Of a country that it does not know nothing is said."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import get_language


@dataclass(frozen=True)
class YearOff:
    holidays: dict[date, str]
    weekend: frozenset[date]
    worked: frozenset[date]  # of weekends, where a holiday was moved and people work instead


def holiday(country: str, day: date) -> str:
    """Its name, in the language of the page where the library has it; empty on other days."""
    return year_off(country, day.year, get_language() or "en").holidays.get(day, "")


def is_weekend(country: str, day: date) -> bool:
    return day in year_off(country, day.year, "en").weekend


def is_worked(country: str, day: date) -> bool:
    """Whether people work on this day although it is one of a weekend, as in China before or after long holidays."""
    return day in year_off(country, day.year, "en").worked


@lru_cache(maxsize=1000)
def year_off(country: str, year: int, language: str) -> YearOff:
    from holidays import country_holidays  # here: it takes a third of a second, and one page needs it

    try:
        offered = country_holidays(country).supported_languages
    except NotImplementedError:
        return YearOff({}, frozenset(), frozenset())
    known = country_holidays(country, years=year, language=nearest(language, offered))
    every_day = [date(year, 1, 1) + timedelta(number) for number in range(366)]
    weekend = {day for day in every_day if day.year == year and known.is_weekend(day)}
    worked = weekend.intersection(known.weekend_workdays)
    return YearOff(
        holidays={day: name.replace("; ", ", ") for day, name in known.items() if day.year == year},
        weekend=frozenset(weekend - worked),
        worked=frozenset(worked),
    )


def nearest(language: str, offered: tuple[str, ...]) -> str | None:
    """“ar_EG” for Arabic in Egypt; else English; else what the country's own names are."""
    for wanted in (language, "en"):
        for code in offered:
            if code.partition("_")[0] == wanted:
                return code
    return None
