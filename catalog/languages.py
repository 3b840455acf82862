"""In which language a text stands that is shown, where that of the page has no words for it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from desk.translations import LANGUAGES


def stands_in(row: object, field: str) -> str:
    """The language that stands in for a translated text without words in that of the page: “en”, as a rule. Else nothing."""
    here = get_language() or LANGUAGES[0]
    there = next((code for code in (here, *LANGUAGES) if getattr(row, f"{field}_{code}", "")), here)
    return "" if there == here else there


def in_language(text: str, language: str) -> SafeString | str:
    """For a page: the text, in a span that names its language unless it is the page's ("")."""
    return format_html('<span lang="{}" dir="auto">{}</span>', language, text) if text and language else text
