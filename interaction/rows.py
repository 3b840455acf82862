"""A question among others is rendered once in a process: for each language, and for each of what it may be to its reader.

A vote changes one of them, and five hundred people ask for all.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .showing import Entry, Shown

# To whom: without a place; with one; who voted for it; who asked it.
ONLOOKER, READER, VOTED, MINE = "onlooker", "reader", "voted", "mine"
MOST = 4096


def row(one: Shown, *, has_place: bool, is_open: bool) -> SafeString:
    kind = (MINE if one.is_mine else VOTED if one.voted else READER) if has_place else ONLOOKER
    return rendered(one.entry, kind, is_open, get_language() or "")


@lru_cache(maxsize=MOST)
def rendered(entry: Entry, kind: str, is_open: bool, _language: str) -> SafeString:
    context = {
        "entry": entry,
        "has_place": kind != ONLOOKER,
        "is_mine": kind == MINE,
        "voted": kind == VOTED,
        "is_open": is_open,
    }
    return render_to_string("interaction/_question.html", context)
