"""Which characters a text may hold.

A title goes into pages, feeds, calendars, letters and spreadsheets. XML holds no control characters (XML 1.0, 2.2), a
calendar neither (RFC 5545, 3.1), PostgreSQL no NUL, and Python's mail headers end where a line ends, also at U+2028.
"""

import re
import unicodedata

# Line ends as browsers send them (HTML, “multipart/form-data”), and as old systems wrote them.
LINE_ENDS = re.compile("\r\n?")
# What ends a line in a program and not in a form: the soft return of slides (U+000B), page ends, separators.
SOFT_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters but tab and line end; halves of surrogate pairs; the mark of byte order; what Unicode says is no
# character, ever. And what turns the direction of all that follows (UAX 9, 2.1 to 2.5): a name with it is read as another.
UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "\u202a-\u202e\u2066-\u2069]"
)
# Letters by their category, and yet nothing is seen: the fillers of Hangul, the empty cell of Braille.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def cleaned(text: str) -> str:
    r"""The text with `\n` as its only line end and without what no format can hold. A soft return becomes a blank.

    Where nothing is left that a reader could see, it is empty, so that no form takes it for an answer. Its length is then
    what a browser counts for `maxlength`: a line end once (HTML, “API value” of a text area).
    """
    text = UNFIT.sub("", SOFT_ENDS.sub(" ", LINE_ENDS.sub("\n", text)))
    return text if text.isascii() or any(map(is_visible, text)) else ""


def is_visible(character: str) -> bool:
    """Whether it shows something by itself: no blank, no joiner or other format character, no filler."""
    return unicodedata.category(character)[0] in "LNPS" and character not in BLANK_LETTERS


def is_visible_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" and character not in BLANK_LETTERS
