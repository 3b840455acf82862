"""Names of countries in the languages of the station: the short ones of Unicode's CLDR (data/countries.csv).

`data/country_exceptions.csv` has ours, with the reason for each. The settings give them to django-countries, whose own come
from several styles. Kept apart from all models, because the settings read it.
"""

import csv
from functools import cache
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import get_language

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def names() -> dict[str, dict[str, str]]:
    """For each country's code its row: the name in each language."""
    rows: dict[str, dict[str, str]] = {}
    for table in ("countries.csv", "country_exceptions.csv"):
        with (DATA / table).open(encoding="utf-8", newline="") as lines:
            rows |= {row["code"]: row for row in csv.DictReader(lines)}
    return rows


def country_name(code: str) -> str:
    """In the language of the page."""
    row = names()[code]
    return row.get(get_language() or "en") or row["en"]


COUNTRY_NAMES = {code: lazy(country_name, str)(code) for code in names()}
