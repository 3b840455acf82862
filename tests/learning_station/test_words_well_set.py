"""The translations keep the typography of their language, and one word for one thing (`docs/newcomer.md`)."""

import re
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from django.conf import settings

from tools.translations import ROOMS, ROOT, compiled, po_files

WRONG = {
    "fr": {
        "an ordinary space before ; : ? ! » or after «": r" [;:?!»]|« ",
        "no space before ; ? ! or inside « »": r"\w[;?!](\s|$)|«\w|\w»",
        "quotation marks of another language": r"[\"“”]",
        "courriel, where the others say e-mail": r"[Cc]ourriel|adresse électronique",
    },
    "es": {
        "quotation marks of another language": r"[\"“”]",
        "a host, where the others say entidad organizadora": r"anfitrión|anfitriones|entidad anfitriona",
        "a letter, where the others say correo": r"\b[Cc]artas?\b",
        "the station, where the others say plataforma": r"\b[Ee]stación\b",
    },
    "ar": {
        "quotation marks of another language": r"[\"“”'‘’]",
        "a comma, semicolon or question mark of another script": r"[\u0600-\u06ff]\s?[,;?]",
        "a session, where the others say دورة": r"جلس(ة|ات|تك)",
        "a form, where the others say نموذج": r"استمار",
        "a proposal, where the others say اقتراح": r"مقترح",
        "the reader addressed as many": r"\b(أنتم|لديكم|يمكنكم|عنوانكم|مدينتكم)\b",
    },
}


def translated(language: str) -> Iterator[str]:
    with dict(po_files())[language].with_suffix(".mo").open("rb") as compiled:
        for message in read_mo(compiled):
            if message.id:
                yield from [message.string] if isinstance(message.string, str) else message.string


@pytest.mark.parametrize("language", WRONG)
def test_words_are_set_as_their_language_does(language: str) -> None:
    words = list(translated(language))
    assert len(words) > 500
    wrong_texts = {
        why: [text for text in words if re.search(wrong, text)] for why, wrong in WRONG[language].items()
    }
    assert {why: texts for why, texts in wrong_texts.items() if texts} == {}


def test_spanish_questions_open_and_close() -> None:
    for text in translated("es"):
        assert text.count("¿") == text.count("?"), text
        assert text.count("¡") == text.count("!"), text


def test_no_template_sets_a_colon_behind_words_of_any_language() -> None:
    """French puts a space before it: the sign belongs to the words, in `blocktranslate`."""
    bare = re.compile(r"(?:%\}|\}\})[:;?!](?=[ <]|$)", re.MULTILINE)
    sentence = re.compile(
        r"\{% blocktranslate.*?%\}.*?\{% endblocktranslate %\}|\{% comment.*?endcomment %\}", re.DOTALL
    )
    folder = settings.BASE_DIR / "templates"
    found = [
        f"{path.relative_to(folder)}: {match[0]}"
        for path in folder.rglob("*.html")
        for match in bare.finditer(sentence.sub("", path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_of_one_english_speaks_in_the_singular_where_nothing_is_translated():
    for language in ("ar", "fr"):
        catalog = Catalog(locale=language)
        catalog.add(("one thing", "%(n)s things"))
        words = GNUTranslations(BytesIO(compiled(catalog)))
        said = [words.ngettext("one thing", "%(n)s things", number) for number in (1, 2, 11)]
        assert said == ["one thing", "%(n)s things", "%(n)s things"]


def test_the_words_of_every_room_are_collected() -> None:
    rooms = {app.partition(".")[0] for app in settings.INSTALLED_APPS}
    ours = {room for room in rooms if (ROOT / room / "__init__.py").exists()}
    assert ours - set(ROOMS) == set()
