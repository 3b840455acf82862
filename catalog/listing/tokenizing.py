"""How a text is cut into words: one rule for what is indexed and for what is asked.

A word is a row of letters and digits; everything else only separates, and neither case nor accents count (desk/alphabet.py).
Writing that sets no spaces between words is cut into pairs of neighboring characters, as search engines do for Chinese,
Japanese, Korean and Thai: 城市更新 is 城市, 市更 and 更新, so that a word is found wherever it stands in its row.
PostgreSQL's own parser sees only words cut by this rule, which it takes as they are; of raw text it would read “24/7” as
a path, “2-3” as two numbers one of which is negative, and «…» without its accents as a tag of HTML.
"""

import re
import unicodedata
from collections.abc import Iterable

from desk.alphabet import plain

LONGEST_WORD = 60
# Thai, Lao, Burmese, Khmer; Japanese, Chinese; Korean, which does set spaces but builds its words by joining others.
UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff\uac00-\ud7a3"
)
RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
SPACELESS = re.compile(f"[{UNSPACED}]")
ARABIC = re.compile("[\u0600-\u06ff]")


class Separators(dict[int, str]):
    """For `str.translate`: letters, digits and the marks on them as they are, a space for everything else."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if unicodedata.category(letter)[0] in "LMN" else " "
        return self[code]


SEPARATORS = Separators()


def tokenize(text: str) -> list[str]:
    """The words of a text in their order; a row of characters without spaces is one of them."""
    words = plain(text).translate(SEPARATORS).split()
    runs = words if text.isascii() else [run for word in words for run in RUNS.findall(word)]
    return [run if is_unspaced(run) else run[:LONGEST_WORD] for run in runs]


def is_unspaced(word: str) -> bool:
    return SPACELESS.match(word) is not None


def pairs(word: str) -> list[str]:
    """What an unspaced word is asked by: each two neighbors; one character alone is asked as it is."""
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]


def terms(text: str) -> list[str]:
    """What a text is indexed by: its words, and of an unspaced one its pairs and its characters."""
    indexed_terms = []
    for word in tokenize(text):
        if is_unspaced(word):
            indexed_terms += [*pairs(word), *(word if len(word) > 1 else ())]
        else:
            indexed_terms.append(word)
    return indexed_terms


def in_arabic_letters(words: Iterable[str]) -> list[str]:
    return [word for word in words if ARABIC.match(word)]


def script(word: str) -> str:
    """The first word of Unicode's name for its first letter: LATIN, CYRILLIC, ARABIC, HANGUL, CJK …"""
    return unicodedata.name(word[0], "").partition(" ")[0].partition("-")[0]
