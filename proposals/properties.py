"""Whom a file's properties name: taken out of the copy that goes to who must not see who proposes.

What stands in the text itself stays, and so does what a PDF keeps compressed; the page says so to who writes.
No pattern looks further than the next bracket of its kind, so no file makes it slow.
"""

import io
import re
import zipfile
from typing import IO

# Of Word and of OpenDocument: elements and attributes that hold a person or an organization.
ELEMENT = re.compile(
    rb"(<(dc:creator|dc:contributor|cp:lastModifiedBy|Company|Manager"
    rb"|meta:initial-creator|meta:printed-by|meta:creator-initials|loext:sender-initials"
    rb"|text:author-name|text:author-initials|text:initial-creator)(?:\s[^<>]*)?>)[^<]*(</\2>)"
)
ATTRIBUTE = re.compile(rb'((?:w|w15):(?:author|initials|userId)=)"[^"]*"')
# Of PDF: text in brackets (one pair may stand inside) or figures; and the same in its XMP packet.
PDF_VALUE = re.compile(
    rb"/(?:Author|Company|Manager)\s*"
    rb"(\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]*>)",
    re.DOTALL,
)
PDF_XMP = re.compile(
    rb"<(dc:creator|pdfx:Company|pdfx:Manager|xmp:Author)(?:\s[^<>]*)?>"
    rb"((?:[^<]|<(?!/?(?:dc:creator|pdfx:Company|pdfx:Manager|xmp:Author))[^<]*)*+)</\1>"
)
XMP_TEXT = re.compile(rb"(?<=>)[^<>]+(?=<)")


def without_names(file: IO[bytes], kind: str) -> bytes:
    """The same document with nobody in its properties, comments and tracked changes. `kind`: see desk/uploads.py."""
    body = file.read()
    return pdf_without_names(body) if kind == "pdf" else archive_without_names(body)


def archive_without_names(body: bytes) -> bytes:
    """Part by part; desk/uploads.py has seen that they are not too large."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith(".xml"):
                content = ATTRIBUTE.sub(rb'\1""', ELEMENT.sub(rb"\1\3", content))
            new.writestr(part, content)
    return made.getvalue()


def pdf_without_names(body: bytes) -> bytes:
    """Blanks of the same length, so that the places where the file says its parts begin stay true."""
    body = PDF_VALUE.sub(lambda found: found[0][: -len(found[1])] + blank_value(found[1]), body)
    return PDF_XMP.sub(blank_packet, body)


def blank_value(value: bytes) -> bytes:
    inside = len(value) - 2
    if value.startswith(b"<"):  # two figures are one character: 20 is a space
        return b"<" + (b"20" * (inside // 2)).ljust(inside) + b">"
    return b"(" + b" " * inside + b")"


def blank_packet(found: re.Match[bytes]) -> bytes:
    inside = XMP_TEXT.sub(lambda text: b" " * len(text[0]), b">" + found[2] + b"<")[1:-1]
    start = found.start(2) - found.start()
    return found[0][:start] + inside + found[0][start + len(inside) :]
