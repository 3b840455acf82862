"""Bytes of a file as text, whatever encoding they are in. What is no text is refused by its name."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from .errors import CannotRead
from .headings import plain_heading
from .letters import likeliest_page

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
WORKBOOK, OLD_WORKBOOK, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|table|\?xml|!--)", re.IGNORECASE)
# What Windows writes by itself where a language is spoken, for spreadsheets saved there.
CODE_PAGES = {
    "en": "cp1252", "fr": "cp1252", "es": "cp1252", "pt": "cp1252", "de": "cp1252", "it": "cp1252", "nl": "cp1252",
    "pl": "cp1250", "ru": "cp1251", "tr": "cp1254", "ar": "cp1256", "vi": "cp1258",
    "ko": "cp949", "ja": "cp932", "zh": "gb18030", "zh-Hant": "cp950",
}  # fmt: skip
SEPARATED = re.compile('[,;\t\n\r"]+')
LINES_LOOKED_AT = 300


@dataclass(frozen=True)
class Kind:
    """What files a room takes: how large, what is said of others, and the headings it knows, plain, by their language."""

    bytes_at_most: int
    too_large: str | Promise
    no_text: Mapping[bytes, str | Promise]  # by how such a file begins
    page: str | Promise
    empty: str | Promise
    unknown: str | Promise
    headings: Mapping[str, frozenset[str]]

    @cached_property
    def headings_of_pages(self) -> dict[str, frozenset[str]]:
        """Those beyond ASCII of the languages that are written in each code page."""
        return {
            page: frozenset(
                heading
                for language, headings in self.headings.items()
                if CODE_PAGES.get(language) == page
                for heading in headings
                if not heading.isascii()
            )
            for page in dict.fromkeys(CODE_PAGES.values())
        }


def decoded(content: bytes, kind: Kind) -> tuple[str, str]:
    """The text, and the name of its encoding."""
    if len(content) > kind.bytes_at_most:
        raise CannotRead(kind.too_large)
    for beginning, words in kind.no_text.items():
        if content.startswith(beginning):
            raise CannotRead(words)
    text, encoding = by_mark(content) or by_bytes(content, kind)
    if not text.strip():
        raise CannotRead(kind.empty)
    if PAGE.match(text):
        raise CannotRead(kind.page)
    return text, encoding


def by_mark(content: bytes) -> tuple[str, str] | None:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    return None


def by_bytes(content: bytes, kind: Kind) -> tuple[str, str]:
    if b"\0" in content:
        return utf_16(content, kind)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = by_headings(content, kind) or by_letters(content)
        return content.decode(encoding, "replace"), encoding


def utf_16(content: bytes, kind: Kind) -> tuple[str, str]:
    """Without a mark: every other byte of separators, figures and line ends is nothing, the first or the second."""
    first, second = content[::2].count(0), content[1::2].count(0)
    encoding = "utf-16-be" if first > second else "utf-16-le"
    text = content.decode(encoding, "replace")
    if min(first, second) * 10 > max(first, second) or text.count("\ufffd") * 20 > len(text) or "\0" in text:
        raise CannotRead(kind.unknown)
    return text, encoding


def by_headings(content: bytes, kind: Kind) -> str | None:
    """The code page in which most headings of its own language are known."""
    known = {}
    for encoding, headings in kind.headings_of_pages.items():
        cells = SEPARATED.split(content[:20_000].decode(encoding, "replace"))
        known[encoding] = len({plain_heading(cell) for cell in cells if not cell.isascii()} & headings)
    best = max(known, key=known.__getitem__)
    return best if known[best] else None


def by_letters(content: bytes) -> str:
    """English headings, and names in other letters."""
    return likeliest_page(
        b"\n".join([line for line in content.split(b"\n") if not line.isascii()][:LINES_LOOKED_AT])[:50_000]
    )
