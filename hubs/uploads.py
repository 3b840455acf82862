"""Files that staff hand in: their kind is told by what is in them, not by their name, and their size is limited."""

import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024  # bytes
# What files of these kinds begin with.
BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}
# Office files are archives; these are the parts by which each kind is known.
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
OPEN_DOCUMENTS = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{extension: content.decode() for extension, content in OPEN_DOCUMENTS.items()},
}
HINT = _("PDF, Word, Excel, PowerPoint, OpenDocument, JPEG or PNG, at most 10 MB.")


def check_upload(file: UploadedFile) -> None:
    """Raises ValidationError with a sentence when the file is too large, of no kind we take, or not what its name says."""
    if file.size is not None and file.size > LARGEST:
        raise ValidationError(
            _(
                "This file has %(size)s. At most %(largest)s can be kept: make it smaller, or give a link instead."
            ),
            params={"size": filesizeformat(file.size), "largest": filesizeformat(LARGEST)},
            code="too_large",
        )
    if not file.size:
        raise ValidationError(_("This file is empty. Choose it again."), code="empty")
    extension = extension_of(file.name or "")
    if extension not in CONTENT_TYPES:
        raise ValidationError(
            _("Files of this kind are not taken. Choose one of these: %(kinds)s"),
            params={"kinds": HINT},
            code="kind",
        )
    if not is_of_kind(file, extension):
        raise ValidationError(
            _(
                "The name of this file ends with “.%(extension)s”, but its content is something else. "
                "Open it and save it anew as what it is."
            ),
            params={"extension": extension},
            code="content",
        )


def extension_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def is_of_kind(file: UploadedFile, extension: str) -> bool:
    file.seek(0)
    try:
        if extension in BEGINNINGS:
            return file.read(16).startswith(BEGINNINGS[extension])
        return is_office_file(file, extension)
    finally:
        file.seek(0)


def is_office_file(file: UploadedFile, extension: str) -> bool:
    """By the archive's table of contents and its short first part; nothing else is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            if extension in PARTS:
                return PARTS[extension] in archive.namelist()
            with archive.open("mimetype") as part:
                return part.read(100).strip() == OPEN_DOCUMENTS[extension]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        return False
