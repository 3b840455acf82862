"""Names of the languages activities are held in, in the reader's language.

Django knows the names of many languages (`django.conf.locale.LANG_INFO`) and translates them; the few that hosts use
under another code are named here.
"""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext as _

OURS = {
    "zh": pgettext_lazy("language", "Chinese"),
    "fil": pgettext_lazy("language", "Filipino"),
    "yue": pgettext_lazy("language", "Cantonese"),
    "am": pgettext_lazy("language", "Amharic"),
    "ha": pgettext_lazy("language", "Hausa"),
    "wo": pgettext_lazy("language", "Wolof"),
    "zu": pgettext_lazy("language", "Zulu"),
}


def language_name(code: str) -> str:
    """“Arabic” for “ar”, in the language of the page; the bare code when nobody knows it."""
    if code in OURS:
        return str(OURS[code])
    if code not in LANG_INFO:
        return code
    return _(get_language_info(code)["name"])


def own_name(code: str) -> str:
    """The language's name in itself: “العربيّة” for “ar”."""
    if code == "zh":
        return "中文"
    return get_language_info(code)["name_local"] if code in LANG_INFO else language_name(code)


def known_codes() -> set[str]:
    return {*LANG_INFO, *OURS}
