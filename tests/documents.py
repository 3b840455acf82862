"""Small documents of each kind an upload may be, and archives to make others of."""

import io
import zipfile

from files.uploads import CONTENT_TYPES

# As programs usually call the main part of each kind.
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20


def archive(**parts: str | bytes) -> bytes:
    """A zip file. In the names of its parts `__` stands for a slash, and `_TYPES` is “[Content_Types].xml”."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_TYPES", "[Content_Types].xml"), text)
    return buffer.getvalue()


def office(kind: str, declared: str = "", main: str = "", **more: str | bytes) -> bytes:
    """A docx, xlsx or pptx that says it is `declared` (what it is, when not given), with `more` parts."""
    declared, main = declared or f"{CONTENT_TYPES[kind]}.main+xml", main or MAIN_PARTS[kind]
    parts = {
        "_TYPES": f'<Types><Override PartName="/{main}" ContentType="{declared}"/></Types>',
        main: "<x/>",
    }
    return archive(**(parts | more))


def open_document(kind: str, **more: str | bytes) -> bytes:
    return archive(**({"mimetype": CONTENT_TYPES[kind], "content.xml": "<o/>"} | more))


OF_KIND = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    **{kind: office(kind) for kind in MAIN_PARTS},
    **{kind: open_document(kind) for kind in ("odt", "ods", "odp")},
}

# What a film or a sound of each kind begins with, as programs write it.
MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + b"\0" * 40
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 40
MP3 = b"ID3\x04\0\0\0\0\0\x22" + b"\0" * 40
RECORDINGS_OF_KIND = {"mp4": MP4, "webm": WEBM, "mp3": MP3}
