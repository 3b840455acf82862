"""What stands in cells: countries, languages and kinds of posts by their names in any of the station's languages."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.countries import names as country_rows
from accounts.models import User
from accounts.zones import current_name, zone_names
from desk.export import FORMULA
from registrations.models import Registration
from sheets.rows import MARKS
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


def unmarked(text: str) -> str:
    """Without marks of direction and others that nobody sees, which spreadsheets and mail programs put around words."""
    return text.translate(MARKS)


def plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", unmarked(text)).casefold().replace("’", "'")
    return " ".join(text.split())


def bare(text: str) -> str:
    """Without accents: “Cote d'Ivoire”."""
    letters = unicodedata.normalize("NFKD", plain(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def figures(text: str) -> str:
    """Those of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(one, one)) for one in unmarked(text)).replace("٫", ".")


def is_formula(cell: str) -> bool:
    """As a spreadsheet has it. Our own exports put an apostrophe before a text like that."""
    return cell.lstrip().startswith("=")


def formula_words(cell: str) -> str:
    return _("“%(cell)s” is a formula. Put what it comes to into the cell, as a value.") % {
        "cell": cell[:100]
    }


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
    named = [(row[language], code) for code, row in country_rows().items() for language in languages]
    known = {plain(name): code for name, code in named} | {plain(code): code for code in country_rows()}
    return {bare(name): code for name, code in named} | known


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
    return country_names().get(plain(cell)) or country_names().get(bare(cell), "")


def profile_in(cell: str) -> str:
    return profile_names().get(plain(cell), "")


def state_in(cell: str) -> str:
    return state_names().get(plain(cell), "")


def language_in(cell: str) -> str:
    return language_codes().get(plain(cell), "")


def zone_in(cell: str) -> str:
    name = current_name(unmarked(cell).strip())
    return name if name in zone_names() else ""
