"""Bytes of a file as text, whatever encoding they are in. What is no text is refused by its name."""

import codecs

from django.utils.translation import gettext_lazy as _

from .errors import CannotRead

BYTES_AT_MOST = 2 * 1024 * 1024
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
NO_TEXT = {
    b"PK\x03\x04": _(
        "This is an Excel workbook. Save it as CSV or text, or copy the rows and paste them as a list."
    ),
    b"%PDF": _("This is a PDF. Take the report as CSV from the platform instead."),
}


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding."""
    if len(content) > BYTES_AT_MOST:
        raise CannotRead(_("The file is larger than 2 MB: no report of one call is."))
    for beginning, words in NO_TEXT.items():
        if content.startswith(beginning):
            raise CannotRead(words)
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding.removesuffix("-sig")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"
