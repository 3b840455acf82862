"""Countries have the short names of CLDR, but for our exceptions, and stand in the order of the reader's alphabet."""

import pytest
from babel import Locale
from django.conf import settings
from django.utils import translation
from django_countries.data import COUNTRIES

from accounts.countries import DATA, names
from accounts.country_field import countries
from accounts.forms import ProfileForm
from desk.alphabet import plain
from learning_station.facts.tables import rows_of


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_names_are_those_of_cldr_except_ours(language):
    cldr, ours = Locale(language).territories, {row["code"] for row in rows_of("country_exceptions.csv")}
    assert DATA.is_dir()
    assert set(names()) == set(COUNTRIES)
    with translation.override(language):
        others = [(country.code, country.name) for country in countries if country.name != cldr[country.code]]
    assert {code for code, _name in others} <= ours  # CLDR has some of ours in some languages


SHOWN = {
    "en": {"CZ": "Czechia", "PS": "Palestine", "KR": "South Korea", "TR": "Türkiye", "VN": "Vietnam"},
    "fr": {"PS": "Palestine", "CZ": "Tchéquie", "RU": "Russie", "TZ": "Tanzanie"},
    "es": {"SZ": "Esuatini", "NL": "Países Bajos", "BO": "Bolivia"},
    "ar": {"PS": "فلسطين", "KR": "كوريا الجنوبية"},
}


@pytest.mark.parametrize("language", SHOWN)
def test_forms_show_them_in_the_order_of_the_alphabet(db, language):
    with translation.override(language):
        choices = ProfileForm().fields["country"].widget.choices[1:]
        shown = [name for _code, name in choices]
    assert SHOWN[language].items() <= dict(choices).items()
    assert shown == sorted(shown, key=plain)
    after = {"fr": ("Égypte", "Dominique", "El"), "es": ("Perú", "Paraguay", "Polonia")}.get(language)
    if after:
        name, before, _next = after
        assert shown.index(before) < shown.index(name)
    assert len({plain(name)[0] for name in shown[:5]}) == 1
