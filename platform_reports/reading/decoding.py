"""Bytes of a file as text, whatever encoding they are in. What is no text is refused by its name."""

import codecs
import re
from functools import cache

from django.utils.translation import gettext_lazy as _

from .columns import known_headings, plain_heading
from .errors import CannotRead
from .letters import likeliest_page

BYTES_AT_MOST = 2 * 1024 * 1024
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
WORKBOOK = _("This is an Excel workbook. Save it as CSV, or copy its rows and paste them as a list.")
NO_TEXT = (
    (b"PK\x03\x04", WORKBOOK),
    (b"\xd0\xcf\x11\xe0", WORKBOOK),
    (b"%PDF", _("This is a PDF. Download the report as CSV from the platform instead.")),
)
NOT_KNOWN = _("This is no text file. Download the report as CSV from the platform.")
PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|table|\?xml|!--)", re.IGNORECASE)
# What Windows writes by itself where a language is spoken, for spreadsheets saved there.
CODE_PAGES = {
    "en": "cp1252", "fr": "cp1252", "es": "cp1252", "pt": "cp1252", "de": "cp1252", "it": "cp1252", "nl": "cp1252",
    "pl": "cp1250", "ru": "cp1251", "tr": "cp1254", "ar": "cp1256", "vi": "cp1258",
    "ko": "cp949", "ja": "cp932", "zh": "gb18030", "zh-Hant": "cp950",
}  # fmt: skip
SEPARATED = re.compile('[,;\t\n\r"]+')
LINES_LOOKED_AT = 300


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding."""
    if len(content) > BYTES_AT_MOST:
        raise CannotRead(_("The file is larger than 2 MB: no report of one call is."))
    for beginning, words in NO_TEXT:
        if content.startswith(beginning):
            raise CannotRead(words)
    text, encoding = by_mark(content) or by_bytes(content)
    if not text.strip():
        raise CannotRead(_("The file is empty."))
    if PAGE.match(text):
        raise CannotRead(_("This is a web page. Download the report as CSV from the platform instead."))
    return text, encoding


def by_mark(content: bytes) -> tuple[str, str] | None:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    return None


def by_bytes(content: bytes) -> tuple[str, str]:
    if b"\0" in content:
        return utf_16(content)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = by_headings(content) or by_letters(content)
        return content.decode(encoding, "replace"), encoding


def utf_16(content: bytes) -> tuple[str, str]:
    """Without a mark: every other byte of separators, figures and line ends is nothing, the first or the second."""
    first, second = content[::2].count(0), content[1::2].count(0)
    encoding = "utf-16-be" if first > second else "utf-16-le"
    text = content.decode(encoding, "replace")
    if min(first, second) * 10 > max(first, second) or text.count("\ufffd") * 20 > len(text) or "\0" in text:
        raise CannotRead(NOT_KNOWN)
    return text, encoding


def by_headings(content: bytes) -> str | None:
    """The code page in which most headings of its own language are known."""
    known = {}
    for encoding in dict.fromkeys(CODE_PAGES.values()):
        cells = SEPARATED.split(content[:20_000].decode(encoding, "replace"))
        plain = {plain_heading(cell) for cell in cells if not cell.isascii()}
        known[encoding] = len(plain & headings_beyond_ascii(encoding))
    best = max(known, key=known.__getitem__)
    return best if known[best] else None


@cache
def headings_beyond_ascii(encoding: str) -> frozenset[str]:
    """Those of the languages that are written in it."""
    languages = {language for language, page in CODE_PAGES.items() if page == encoding}
    return frozenset(
        heading
        for heading, meanings in known_headings().items()
        if not heading.isascii() and any(meaning.language in languages for meaning in meanings)
    )


def by_letters(content: bytes) -> str:
    """English headings, and names in other letters."""
    return likeliest_page(
        b"\n".join([line for line in content.split(b"\n") if not line.isascii()][:LINES_LOOKED_AT])[:50_000]
    )
