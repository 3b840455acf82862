"""What stands in cells: countries, languages and kinds of posts by their names in any of the station's languages."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils import translation

from accounts.countries import names as country_rows
from accounts.models import User
from accounts.zones import current_name, zone_names
from desk.export import FORMULA
from registrations.models import Registration
from texts.languages import language_name

# Beside the labels of the station's own form.
SAID = {
    User.Profile.TECHNICAL: (
        "technique",
        "technicien",
        "technicienne",
        "técnico",
        "técnica",
        "technical staff",
        "تقني",
        "فني",
    ),
    User.Profile.ELECTED: (
        "élu",
        "élue",
        "electo",
        "electa",
        "elected official",
        "political",
        "منتخب",
        "منتخبة",
    ),
}


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def undefused(cell: str) -> str:
    """As it was before an export put an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def in_each_language(named: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Each value by itself, and by its lazy name in all languages."""
    pairs = list(named)
    found = {plain(value): value for value, _name in pairs}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {plain(str(name)): value for value, name in pairs}
    return found


@cache
def country_names() -> dict[str, str]:
    languages = [language for language, _name in settings.LANGUAGES]
    known = {plain(row[language]): code for code, row in country_rows().items() for language in languages}
    return known | {plain(code): code for code in country_rows()}


@cache
def profile_names() -> dict[str, str]:
    known = in_each_language((value, label) for value, label in User.Profile.choices)
    return known | {word: profile for profile, words in SAID.items() for word in words}


@cache
def state_names() -> dict[str, str]:
    return in_each_language((value, label) for value, label in Registration.State.choices)


@cache
def language_codes() -> dict[str, str]:
    """Those in which the station writes letters."""
    known = {plain(str(name)): code for code, name in settings.LANGUAGES}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {plain(language_name(code)): code for code, _name in settings.LANGUAGES}
    return known | {code: code for code, _name in settings.LANGUAGES}


def country_in(cell: str) -> str:
    """Its code; empty where no country has this name."""
    return country_names().get(plain(cell), "")


def profile_in(cell: str) -> str:
    return profile_names().get(plain(cell), "")


def state_in(cell: str) -> str:
    return state_names().get(plain(cell), "")


def language_in(cell: str) -> str:
    return language_codes().get(plain(cell), "")


def zone_in(cell: str) -> str:
    name = current_name(cell)
    return name if name in zone_names() else ""
