import pytest
from django.utils.translation import override

from texts.languages import language_name


@pytest.mark.parametrize(
    ("page", "code", "name"),
    [
        ("en", "ar", "Arabic"),
        ("fr", "ar", "arabe"),  # small in a sentence, as all but English write it
        ("es", "zh", "chino"),  # ours: Django has two kinds of Chinese and no more
        ("en", "fil", "Filipino"),  # ours: Django has no name for it
        ("fr", "qxx", "qxx"),
    ],
)
def test_a_language_is_named_in_the_language_of_the_page(page, code, name):
    with override(page):
        assert language_name(code) == name
