"""Concept notes: what they are is told by what is in them, and their names are made harmless."""

import re
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024  # bytes
MOST_PARTS = 5000  # of an archive
LONGEST_PART = 1024 * 1024  # bytes that we unpack at most, of one short part
MOST_UNPACKED = 200 * 1024 * 1024  # bytes that an archive may say it holds
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
ACCEPT = ",".join(f".{kind}" for kind in CONTENT_TYPES)
WORD_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def checked(file: UploadedFile) -> tuple[str, str]:
    """The file's name, made harmless, and its kind ("pdf", "docx", "odt"). Raises ValidationError with a sentence."""
    if not file.size:
        raise ValidationError(_("This file is empty. Choose it again."), code="empty")
    if file.size > LARGEST:
        raise ValidationError(
            _("This file has %(size)s. At most %(largest)s can be kept: make it smaller."),
            params={"size": filesizeformat(file.size), "largest": filesizeformat(LARGEST)},
            code="too_large",
        )
    name = harmless(file.name or "")
    kind = PurePosixPath(name).suffix.removeprefix(".")
    if kind not in CONTENT_TYPES:
        raise ValidationError(
            _("Files of this kind are not taken. Save it as PDF, DOCX or ODT, and choose it again."),
            code="kind",
        )
    if kind != kind_of(file):
        raise ValidationError(
            _(
                "The name of this file ends with “.%(kind)s”, but its content is something else. "
                "Open it and save it anew as PDF, DOCX or ODT."
            ),
            params={"kind": kind},
            code="content",
        )
    return name, kind


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
        beginning = file.read(5)
        if beginning == b"%PDF-":
            return "pdf"
        return kind_of_archive(file) if beginning[:2] == b"PK" else ""
    finally:
        file.seek(0)


def kind_of_archive(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.namelist()
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                return ""
            if len(parts) > MOST_PARTS or any("vbaproject" in part.lower() for part in parts):
                return ""
            if (
                "mimetype" in parts
                and beginning_of(archive, "mimetype").strip() == CONTENT_TYPES["odt"].encode()
            ):
                return "odt" if "content.xml" in parts else ""
            if "[Content_Types].xml" in parts and "word/document.xml" in parts:
                return "docx" if WORD_DOCUMENT in beginning_of(archive, "[Content_Types].xml") else ""
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""
    return ""


def beginning_of(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as opened:
        return opened.read(LONGEST_PART)
