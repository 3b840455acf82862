"""One alphabet for all: the plain letters by which words are found and names stand in order.

`plain` takes the case, the accents and the ways of writing one letter out of a text; search compares what is left, and
lists are sorted by it. PostgreSQL's function `alphabetical` (a migration of `accounts` makes it) does the same to a
column, so that a list is in the same order whether it was sorted here or there. Collations of the database are no help:
the local PostgreSQL has none that know letters, and a Python library that carries Unicode's table (pyuca) can sort
neither a column nor a page of one.
"""

import unicodedata

from django.db.models import CharField, Func

# Letters of one sound that Unicode does not take apart: https://www.unicode.org/reports/tr15/ leaves strokes on.
STROKED = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "ð": "d",
    "ı": "i",
    "ŋ": "n",
    "ə": "e",
    "ɓ": "b",
    "ɗ": "d",
}
LIGATURES = {"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
# Arabic and Persian type the same letter with different characters.
ARABIC = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه"}
# Accents; Hebrew points; Arabic vowel signs, the hamza that was taken off its letter, the stretched line.
MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)


def in_ranges(code: int, ranges: str) -> bool:
    """Whether a character is in ranges written as in a regular expression: `a-z` and single letters."""
    position = 0
    while position < len(ranges):
        is_range = ranges[position + 1 : position + 2] == "-"
        last = ranges[position + 2] if is_range else ranges[position]
        if ord(ranges[position]) <= code <= ord(last):
            return True
        position += 3 if is_range else 1
    return False


class Letters(dict[int, str | None]):
    """For `str.translate`: each character of a text taken apart (NFKD), worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        folded: str | None = letter.casefold()
        if in_ranges(code, MARKS) or unicodedata.category(letter) == "Cf":
            folded = None
        elif folded in STROKED or folded in LIGATURES or folded in ARABIC:
            folded = (STROKED | LIGATURES | ARABIC)[folded]
        elif (digit := unicodedata.decimal(letter, None)) is not None:
            folded = str(digit)
        self[code] = folded
        return folded


LETTERS = Letters()


def plain(text: str) -> str:
    """Small letters without accents, digits as 0 to 9, Arabic letters in one spelling: “Łódź” is “lodz”."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).translate(LETTERS))


class Alphabetical(Func):
    """For `order_by`: a column of names in the order of `sorted(…, key=plain)`."""

    function = "alphabetical"
    template = '%(function)s(%(expressions)s) COLLATE "C"'
    arity = 1
    output_field = CharField()


_ONE_FOR_ONE = STROKED | ARABIC

# SQL. `lower` knows the letters of all scripts in every database that is encoded in UTF-8 and not of locale C.
_PLAIN = f"regexp_replace(normalize(lower(name), NFKD), '[{MARKS}]', '', 'g')"
for _letter, _letters in LIGATURES.items():
    _PLAIN = f"replace({_PLAIN}, '{_letter}', '{_letters}')"
CREATE_FUNCTION = f"""
CREATE FUNCTION alphabetical(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT normalize(translate({_PLAIN}, '{"".join(_ONE_FOR_ONE)}', '{"".join(_ONE_FOR_ONE.values())}'), NFC)
$$
"""
DROP_FUNCTION = "DROP FUNCTION alphabetical(text)"
