"""How long an agreement lasts, as a calendar counts. Its last day still belongs to it.

Three years that begin with 1 June end with 31 May: the day before the anniversary. Where a year has no 29 February, the
anniversary of one is 1 March, so those three years end with 28 February. docs/decisions/0005-agreements.md says why.
"""

from datetime import date, timedelta

YEARS = 3
ONE_DAY = timedelta(days=1)


def anniversary(day: date, years: int) -> date:
    """The same day so many years later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, in a year without one
        return date(day.year + years, 3, 1)


def last_day(first: date, years: int = YEARS) -> date:
    """The last day of a term of `years` whole years that begins with `first`."""
    return anniversary(first, years) - ONE_DAY


def middle(first: date, last: date) -> date:
    """When half of the term is over."""
    return first + (last - first + ONE_DAY) / 2
