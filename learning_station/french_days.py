"""“1er novembre”: in French the first day of a month is an ordinal, and no other day is.

In Django's date formats `S` is the ordinal suffix, and always the English one. There is no setting for it, so the method
that stands behind the letter is replaced. French formats then say `jS`; those of other languages have no `S`.
"""

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

english_suffix = DateFormat.S


def ordinal_suffix(self: DateFormat) -> str:
    if (get_language() or "").startswith("fr"):
        return "er" if self.j() == 1 else ""  # `j` is the day of the month
    return str(english_suffix(self))


def install() -> None:
    setattr(DateFormat, "S", ordinal_suffix)  # noqa: B010 - a method that mypy would not let be assigned
