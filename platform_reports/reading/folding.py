"""Names for comparing."""

import re
import unicodedata
from functools import lru_cache

from texts.names import name_as_typed

# “Dr. Ana Silva (Lisboa)” and “Ana Silva [she/her]” are Ana Silva. Brackets of East Asian keyboards too.
IN_BRACKETS = re.compile(r"[(\[{（【［][^()\[\]{}（）【】［］]*[)\]}）】］]")
# Accents, Hebrew points, Arabic vowels, hamza and the stroke that makes words longer; no letter of Hangul, no Indian vowel.
BESIDE_LETTERS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u0655\u0670]")
# Letters with a stroke through them, which no rule takes apart, and those that Persian keyboards write otherwise.
ALIKE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ی": "ي", "ک": "ك"}
)
UNSPOKEN = re.compile("['’‘ʼ`´\u200c\u200d]")  # apostrophes, and joiners of Persian words
BETWEEN_WORDS = re.compile(r"[^\w\u0900-\u0dff\u0e31-\u0e4e\u1000-\u109f\u1780-\u17ff]|_")


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """“SILVA, Ána (guest)” and “ana silva” are one.

    Taking accents off takes Hangul apart, so what is left is put together again: both sides of a comparison must be folded.
    """
    name = unicodedata.normalize("NFKC", name_as_typed(name))
    without = IN_BRACKETS.sub(" ", name)
    if without.strip():
        name = without
    last, comma, first = name.partition(",")
    if comma and "," not in first and first.strip():
        name = f"{first} {last}"
    bare = BESIDE_LETTERS.sub("", unicodedata.normalize("NFD", name.casefold()))
    bare = UNSPOKEN.sub("", unicodedata.normalize("NFC", bare)).translate(ALIKE)
    return " ".join(BETWEEN_WORDS.sub(" ", bare).split())
