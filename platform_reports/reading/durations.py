"""Lengths of time as reports write them, in whole minutes."""

import re
import unicodedata

from .moments import with_our_figures
from .words import values

PIECE = re.compile(r"(\d+)(?:[.,]\d+)?\s*([^\W\d_]+)\.?")
CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?(?:\.\d+)?")
NUMBER = re.compile(r"(\d+)(?:[.,]\d+)?")
AT_MOST = 7 * 24 * 60


def minutes(cell: str) -> int | None:
    """“1h 30m 51s”, “1 godz. 30 min”, “01:30:51”, “90”, “90 mins” are 90. What is no length is None, never 0."""
    if len(cell) > 60:
        return None
    text = with_our_figures(unicodedata.normalize("NFKC", cell).casefold()).strip()
    length = None
    if found := CLOCK.fullmatch(text):
        hours, middle, last = (int(part or 0) for part in found.groups())
        is_short = found[3] is None and hours > 23  # minutes and seconds
        length = hours if is_short else hours * 60 + middle + last // 60
    elif found := NUMBER.fullmatch(text):
        length = int(found[1]) if len(found[1]) < 6 else None
    elif not PIECE.sub("", text).strip(" ,"):
        pieces = [(int(number), seconds_of(word)) for number, word in PIECE.findall(text)]
        if pieces and all(seconds for _number, seconds in pieces):
            length = sum(number * (seconds or 0) for number, seconds in pieces) // 60
    return length if length is not None and length <= AT_MOST else None


def seconds_of(word: str) -> int | None:
    """By the word, or by what it begins with, of three letters at least."""
    for unit, seconds in (("hours", 3600), ("minutes", 60), ("seconds", 1)):
        known = values()[unit]
        if word in known or any(word[:size] in known for size in range(3, len(word))):
            return seconds
    return None
