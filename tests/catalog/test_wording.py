"""Facts in words, where a language asks for more than a word for a word."""

import pytest
from django.utils import translation

from catalog.wording import in_a_row, spoken


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["árabe", "inglés"], "árabe e inglés"),
        (["inglés", "árabe"], "inglés y árabe"),
        (["francés", "persa", "italiano"], "francés, persa e italiano"),
        (["agua", "hielo"], "agua y hielo"),
        (["padres", "hijos"], "padres e hijos"),
        (["inglés"], "inglés"),
    ],
)
def test_spanish_and_before_the_sound_of_i(names, said):
    with translation.override("es"):
        assert in_a_row(names) == said


def test_the_sound_of_i_changes_nothing_in_english():
    assert in_a_row(["Arabic", "Italian"]) == "Arabic and Italian"


def test_languages_in_spanish():
    with translation.override("es"):
        assert spoken(["ar", "en"], ["es", "fr"]) == "árabe e inglés, con interpretación en español y francés"
