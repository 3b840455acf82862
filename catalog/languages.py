"""Names of the languages activities are held in, in the reader's language.

Django knows the names of many languages (`django.conf.locale.LANG_INFO`) and translates them; the few that hosts use
under another code, or that it names badly, are named here.
"""

from functools import cache
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy

from desk.translations import LANGUAGES

OURS: dict[str, Promise] = {
    "zh": pgettext_lazy("language", "Chinese"),
    "fa": pgettext_lazy("language", "Persian"),
    "fil": pgettext_lazy("language", "Filipino"),
    "yue": pgettext_lazy("language", "Cantonese"),
    "am": pgettext_lazy("language", "Amharic"),
    "ha": pgettext_lazy("language", "Hausa"),
    "wo": pgettext_lazy("language", "Wolof"),
    "zu": pgettext_lazy("language", "Zulu"),
}


def language_name(code: str) -> str:
    """“Arabic” for “ar”, in the language of the page; the bare code when nobody knows it."""
    return str(language_names().get(code, code))


def own_name(code: str) -> str:
    """The language's name in itself: “العربيّة” for “ar”."""
    if code == "zh":
        return "中文"
    return LANG_INFO.get(code, {}).get("name_local") or language_name(code)


def stands_in(thing: Any, field: str) -> str:
    """The language that stands in for a translated text without words in that of the page: “en”, as a rule. Else nothing."""
    here = get_language() or LANGUAGES[0]
    there = next((code for code in (here, *LANGUAGES) if getattr(thing, f"{field}_{code}", "")), here)
    return "" if there == here else there


def in_language(text: str, language: str) -> SafeString | str:
    """For a page: the text, in a span that names its language unless it is the page's ("")."""
    return format_html('<span lang="{}" dir="auto">{}</span>', language, text) if text and language else text


def small(name: str) -> str:
    """In a sentence only English writes the names of languages large. Django's translations have both."""
    told = gettext(name)
    return told if get_language() in ("en", None) else told[:1].lower() + told[1:]


@cache
def language_names() -> dict[str, str | Promise]:
    """All languages we can name, each by a name that speaks the language of the page."""
    named: dict[str, str | Promise] = {
        code: lazy(small, str)(info["name"]) for code, info in LANG_INFO.items() if "name" in info
    }
    return named | OURS
