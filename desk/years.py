"""The span of years in which the station reckons with days.

Beyond it a day is a slip of the finger (0026 for 2026), and programs downstream cannot add a term or a zone's offset to it.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2199


def validate_year(day: date) -> None:
    """For days and moments. Raises ValidationError outside of the span."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Write a year from %(first)s to %(last)s, not %(year)s."),
            params={"first": FIRST_YEAR, "last": LAST_YEAR, "year": f"{day.year:04}"},
            code="year",
        )
