"""What an uploaded file may be: how large any of them, and the one list of documents, for every form that takes one.

A file is what its content says, never what its name or the browser says. Nothing of a document is unpacked but short parts.

Pictures of activities are unpacked whole instead (pictures/uploads.py): nothing of them is kept but their colors, so
a name, a macro or a virus has nowhere to stay. Of what is here only `check_size` is asked of them.
"""

import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from .virus_scan import refuse_infected

LARGEST = 10 * 1024 * 1024  # bytes
LARGEST_MATERIAL = 50 * 1024 * 1024  # of what staff give to read and watch
MOST_PARTS = 5000  # of an archive
LONGEST_PART = 1024 * 1024  # bytes that we unpack at most, of one short part
MOST_UNPACKED = 200 * 1024 * 1024  # bytes that an archive may say it holds

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
# What staff may give besides: a short recording. A long one belongs behind a link, to whoever sends films for a living.
RECORDINGS = {"mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg"}
MATERIALS = (*CONTENT_TYPES, *RECORDINGS)
MATERIALS_HINT = _(
    "PDF, Word, Excel, PowerPoint, OpenDocument, JPEG, PNG, MP4, WebM or MP3, at most 50 MB. "
    "A longer recording is given as a link."
)
HINT = _("PDF, Word, Excel, PowerPoint, OpenDocument, JPEG or PNG, at most 10 MB.")
# What a text to be read and commented on may be.
TEXTS = ("pdf", "docx", "odt")
TEXTS_HINT = _("PDF, DOCX or ODT, at most 10 MB.")

SAME = {"jpeg": "jpg"}  # two names of one kind
BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
# Programs put a mark or an empty line before it, and readers look for it in as many bytes (ISO 32000-1, annex H.3, note 13).
PDF, PDF_WITHIN = b"%PDF-", 1024
# A film names its brand (ISO/IEC 14496-12, 4.3); pictures and Apple's own films, which few can see, have others. WebM names
# itself in a header that Matroska has too (RFC 8794); MP3 begins with a tag or with the mark of a frame of layer III.
MP4_BRANDS = (b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"dash")
WEBM_MARK, WEBM_WITHIN = b"\x1aE\xdf\xa3", 64
# An Office file is known by the part that its table of contents declares as the main one, whatever that part is called
# (ECMA-376, part 2, 10.1.2.2): Word in a browser calls it “document2.xml”. With macros it is declared as something else.
OFFICE = ("docx", "xlsx", "pptx")
DECLARED = re.compile(r"<(?:\w+:)?Override\b[^<>]*>")
ATTRIBUTE = re.compile(r"""\b(PartName|ContentType)\s*=\s*["']([^"'<>]*)["']""")
# Programs inside of a document: of Office, and of LibreOffice, whose lists of them (`*-lc.xml`, `*-lb.xml`) may be empty.
MACROS = re.compile(
    r"vbaproject|(^|/)vbadata|^basic/.*(?<!-lc)(?<!-lb)\.xml$|^scripts/.*[^/]$", re.IGNORECASE
)

# What Python's zipfile raises for archives that are broken, encrypted or packed in ways it does not know.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(KeyError, NotImplementedError, RuntimeError, ValueError),
)


def checked(
    file: UploadedFile[bytes],
    kinds: Collection[str] = tuple(CONTENT_TYPES),
    hint: object = HINT,
    largest: int = LARGEST,
) -> tuple[str, str]:
    """The file's name, made harmless, and its kind: one of `kinds`, which are the keys of CONTENT_TYPES or RECORDINGS.

    Raises ValidationError with a sentence when it is empty, larger than `largest`, of another kind (`hint` names those
    taken), holds macros, is not what its name says, or a virus scanner finds something (files/virus_scan.py).
    """
    check_size(file, largest)
    name = harmless(file.name or "")
    kind = extension_of(name)
    if kind not in kinds:
        raise ValidationError(
            _("Files of this kind are not taken. Choose one of these: %(kinds)s"),
            params={"kinds": hint},
            code="kind",
        )
    if kind_of(file) != SAME.get(kind, kind):
        raise ValidationError(
            _(
                "The name of this file ends with “.%(extension)s”, but its content is something else, or holds macros. "
                "Open it and save it anew as what it is, without macros."
            ),
            params={"extension": kind},
            code="content",
        )
    refuse_infected(file)
    return name, kind


def check_size(file: File[bytes], largest: int = LARGEST) -> None:
    """Before anything of it is read. Raises ValidationError with a sentence when it is empty, or larger than `largest`."""
    if not file.size:
        raise ValidationError(_("This file is empty. Choose it again."), code="empty")
    if file.size > largest:
        raise ValidationError(
            _("This file has %(size)s. At most %(largest)s can be kept: make it smaller."),
            params={"size": filesizeformat(file.size), "largest": filesizeformat(largest)},
            code="too_large",
        )


def accept(kinds: Collection[str] = tuple(CONTENT_TYPES)) -> str:
    """For the `accept` of a file's input."""
    return ",".join(f".{kind}" for kind in kinds)


def extension_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def harmless(name: str) -> str:
    """Without folders, and with one ending only: “../plan.exe.PDF” is “plan-exe.pdf”."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = re.sub(r"[^\w()\- ]+", "-", stem).strip(" -_")[:80] or "file"
    ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:10]
    return f"{stem}.{ending}" if ending else stem


def kind_of(file: IO[bytes]) -> str:
    """By its first bytes, and for archives by the short part that says what they are; empty for anything else."""
    file.seek(0)
    try:
        beginning = file.read(PDF_WITHIN)
        if beginning.startswith(b"PK"):
            return kind_of_archive(file)
        kind = next((kind for start, kind in BEGINNINGS.items() if beginning.startswith(start)), "")
        return kind or ("pdf" if PDF in beginning else kind_of_recording(beginning))
    finally:
        file.seek(0)


def kind_of_recording(beginning: bytes) -> str:
    if beginning[4:8] == b"ftyp":
        return "mp4" if beginning[8:12].startswith(MP4_BRANDS) else ""
    if beginning.startswith(WEBM_MARK):
        return "webm" if b"webm" in beginning[:WEBM_WITHIN] else ""
    # Eleven bits that are set, then two of the version and, for layer III, “01”.
    is_frame = len(beginning) > 1 and beginning[0] == 0xFF and beginning[1] & 0xE6 == 0xE2
    return "mp3" if beginning.startswith(b"ID3") or is_frame else ""


def kind_of_archive(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.namelist()
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                return ""
            if len(parts) > MOST_PARTS or any(MACROS.search(part) for part in parts):
                return ""
            if "mimetype" in parts:
                declared = beginning_of(archive, "mimetype").strip().decode("ascii", "replace")
                kind = next((kind for kind in ("odt", "ods", "odp") if CONTENT_TYPES[kind] == declared), "")
                return kind if "content.xml" in parts else ""
            if "[Content_Types].xml" in parts:
                declared = beginning_of(archive, "[Content_Types].xml").decode("utf-8", "replace")
                return kind_of_office(declared, parts)
    except UNREADABLE:
        return ""
    return ""


def kind_of_office(declared: str, parts: Collection[str]) -> str:
    """By `declared`, the table of contents ([Content_Types].xml); the part it declares as the main one must be there."""
    mains = {f"{CONTENT_TYPES[kind]}.main+xml": kind for kind in OFFICE}
    for override in DECLARED.findall(declared):
        attributes = dict(ATTRIBUTE.findall(override))
        if (
            attributes.get("ContentType") in mains
            and attributes.get("PartName", "").removeprefix("/") in parts
        ):
            return mains[attributes["ContentType"]]
    return ""


def beginning_of(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as opened:
        return opened.read(LONGEST_PART)
