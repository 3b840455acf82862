"""A paper is drawn: a template and its data become a PDF."""

import json
import logging
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal, NamedTuple

import typst
from django.utils.translation import get_language, get_language_bidi

from .fonts import families, folders, has_font
from .text_layer import corrected
from .text_layer.letters import without_marks

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
# What was set is remembered for the next ten papers, which need none of it: 40 MB for five hundred names. Whoever draws a
# large one draws eleven empty ones after it, in some ten milliseconds. See findings/typst-remembers.sh.
LARGE, FORGOTTEN_AFTER = 20_000, 11
NOTHING = b"#set page(width: 1mm, height: 1mm)\n"

# One paper at a time: its input stands in the compiler.
_one_at_a_time = Lock()


class Unprintable(Exception):
    """The paper would not be as it should: a warning of the compiler is as good as an error."""


type Standard = Literal["ua-1", "a-3a", "a-3b"]


class Attachment(NamedTuple):
    """A file inside the paper, of the same content for programs (PDF 2.0 calls it an associated file)."""

    name: str
    content: str
    media_type: str
    words: str  # what it is, for whoever finds it


class Promise(Enum):
    """What a paper says of itself. Where its text may be read wrongly it can promise its look alone."""

    READABLE = "by everybody, with whatever they read (PDF/UA-1)"
    READABLE_AND_KEPT = "and in a hundred years, because nothing that it needs lies outside of it (PDF/A-3a)"

    def standards(self, *, readable: bool) -> list[Standard]:
        match self, readable:
            case Promise.READABLE, True:
                return ["ua-1"]
            case Promise.READABLE, False:
                return []
            case _, True:
                return ["ua-1", "a-3a"]
            case _:
                return ["a-3b"]


def drawn(
    template: str,
    data: Mapping[str, object],
    *,
    title: str,
    author: str,
    subject: str = "",
    country: str = "",
    drawings: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    promise: Promise = Promise.READABLE,
    now: datetime,
) -> bytes:
    """The PDF of `template` (a path from the project's folder), in the language that is active.

    `country` decides how Chinese characters are written. A letter without a font stands as a question mark, and the log
    tells of it; ask `printable` before, where that is not good enough. Where a word was drawn that is not found again among
    the words of `data`, programs may read it wrongly: then the paper does not say that they can. `drawings` are SVG, for the
    template `data.drawings`. A paper with `attachments` must promise to be kept (PDF/A-3): no other may hold any.
    """
    whole = {
        **data,
        "title": without_marks(title),
        "author": without_marks(author),
        "subject": without_marks(subject),
        "language": (get_language() or "en").partition("-")[0],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "fonts": families(country),
    }
    legible_data = legible(whole)
    texts = list(texts_of(legible_data))
    legible_data["drawings"] = drawings or {}
    legible_data["attachments"] = [attachment._asdict() for attachment in attachments]
    made = corrected(compiled(template, legible_data, promise.standards(readable=True), now), texts)
    if made.unread:
        logger.warning("%s: may be read wrongly: %s", template, made.unread)
        made = corrected(compiled(template, legible_data, promise.standards(readable=False), now), texts)
    return made.pdf


def compiled(template: str, data: Any, standards: list[Standard], now: datetime) -> bytes:
    text = json.dumps(data, ensure_ascii=False)
    with _one_at_a_time:
        try:
            pdf, warnings = compiler().compile_with_warnings(
                str(ROOT / template),
                format="pdf",
                sys_inputs={"data": text},
                pdf_standards=[*standards],
                timestamp=int(now.timestamp()),
            )
        except typst.TypstError as error:
            raise Unprintable(error.message) from error
        finally:
            if len(text) > LARGE:
                forget()
    if warnings:
        raise Unprintable("; ".join(warning.message for warning in warnings))
    assert isinstance(pdf, bytes)
    return pdf


def texts_of(value: Any) -> Iterator[str]:
    """All that a paper may show of its data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


@cache
def compiler() -> typst.Compiler:
    """Kept: to read the fonts anew takes longer than most papers."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders()],
    )
    return typst.Compiler(root=str(ROOT), font_paths=fonts)


def forget() -> None:
    for _ in range(FORGOTTEN_AFTER):
        compiler().compile(NOTHING, format="pdf", sys_inputs=None)


def legible(value: Any) -> Any:
    """The data with each text in one line, its accents joined to their letters, and letters that have a font."""
    if isinstance(value, Mapping):
        return {key: legible(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [legible(one) for one in value]
    if not isinstance(value, str):
        return value
    line = " ".join(unicodedata.normalize("NFC", value).split())
    missing = {letter for letter in line if not has_font(letter)}
    if missing:
        logger.warning("No font has %s", ", ".join(f"U+{ord(letter):04X}" for letter in sorted(missing)))
    return "".join("?" if letter in missing else letter for letter in line)
