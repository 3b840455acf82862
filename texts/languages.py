"""Names of languages, in the reader's language.

Django knows the names of many (`django.conf.locale.LANG_INFO`) and translates them; the few that hosts use under another
code, or that it names badly, are named here.
"""

from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext, pgettext_lazy

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


def small(name: str) -> str:
    """In a sentence only English writes the names of languages large. Django's translations have both."""
    translated = gettext(name)
    return translated if get_language() in ("en", None) else translated[:1].lower() + translated[1:]


@cache
def language_names() -> dict[str, str | Promise]:
    """All languages we can name, each by a name that speaks the language of the page."""
    named: dict[str, str | Promise] = {
        code: lazy(small, str)(info["name"]) for code, info in LANG_INFO.items() if "name" in info
    }
    return named | OURS
