"""Whether a name that somebody types is the one on a certificate: as people write it, not letter for letter."""

import unicodedata

from desk.alphabet import plain
from texts.names import name_as_typed

# Between the parts of a name some write them and some do not: “O’Brien”, “Al-Sayed”, “Mary-Ann”, “M. A. Diallo”.
BESIDE_LETTERS = "PSZ"  # punctuation, signs, separators
# Inside a word, with nothing in its place.
JOINED = str.maketrans("", "", "'’ʼʻ‘`´")
# A word of a name that says nothing by itself: initials, articles.
SHORTEST = 2


def same_name(typed: str, name: str) -> bool:
    """Without regard to case, accents, blanks, marks, the ways of writing an Arabic letter, and the order of the words."""
    one, other = words(typed), words(name)
    return bool(one) and (sorted(one) == sorted(other) or "".join(one) == "".join(other))


def tells_of(text: str, name: str) -> bool:
    """Whether a text names somebody, be it by one word of the name."""
    return not {word for word in words(name) if len(word) >= SHORTEST}.isdisjoint(words(text))


def words(name: str) -> list[str]:
    bare = plain(name_as_typed(name).translate(JOINED))
    return "".join(
        " " if unicodedata.category(letter)[0] in BESIDE_LETTERS else letter for letter in bare
    ).split()
