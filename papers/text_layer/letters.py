"""What kind of letters a text has."""

import re
import unicodedata

# They say which way a text runs, and where it may break. Nobody sees them, and what is read back has none.
MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
JOINERS = "\u200c\u200d"


def without_marks(text: str) -> str:
    return MARKS.sub("", text)


def runs_leftward(text: str) -> bool:
    """Whether it has a letter that is read from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def runs_rightward(text: str) -> bool:
    """Whether it is a letter, or figure, that is read from left to right."""
    return any(unicodedata.bidirectional(letter) in ("L", "EN", "AN") for letter in text)


def leans(letter: str) -> bool:
    """Whether it stands on the letter before, or between two, and takes no room of its own."""
    return letter in JOINERS or unicodedata.category(letter) in ("Mn", "Me")


def is_simple(text: str) -> bool:
    """Whether each letter is one shape, one after the other from left to right, so that nothing can be told wrong."""
    return not runs_leftward(text) and all(
        unicodedata.category(letter) not in ("Mn", "Mc", "Me") for letter in text
    )
