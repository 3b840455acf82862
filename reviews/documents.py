"""Whom a document's properties name: taken out of the copy that goes to who must not see who proposes.

All properties go, the title too: programs fill them with the city, the file's first name, the machine's owner. What stands
in the text itself stays. PDFs are read and written anew by qpdf, also what they keep compressed.
"""

import io
import re
import zipfile
from typing import IO, Any

import pikepdf

# Of Word and of OpenDocument, inside the text: elements and attributes that hold a person.
ELEMENT = re.compile(
    rb"(<(dc:creator|dc:contributor|cp:lastModifiedBy|Company|Manager"
    rb"|meta:initial-creator|meta:printed-by|meta:creator-initials|loext:sender-initials"
    rb"|text:author-name|text:author-initials|text:initial-creator)(?:\s[^<>]*)?>)[^<]*(</\2>)"
)
ATTRIBUTE = re.compile(rb'((?:w|w15):(?:author|initials|userId)=)"[^"]*"')
# The parts that are properties from their first to their last letter, and what stands in their place: nothing is required.
PROPERTIES = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:meta/>'
    b"</office:document-meta>",
}
# What cover pages and document servers keep beside the text: company, address, e-mail.
BESIDE = re.compile(r"customXml/item\d+\.xml")
XML_TEXT = re.compile(rb">[^<>]+<")
# Of a PDF's pages, pictures and comments: who made them, when, with what.
PDF_KEYS = ("/Metadata", "/PieceInfo", "/LastModified")
COMMENT_KEYS = ("/T", "/Subj", "/CreationDate", "/M", "/NM")


class Unreadable(Exception):
    """The document is broken or locked, so that nobody can say what its properties hold."""


def without_names(file: IO[bytes], kind: str) -> bytes:
    """The same document with no properties, and with nobody named in comments and tracked changes.

    `kind` is what the upload was found to be ("pdf", "docx", "odt"). Raises Unreadable.
    """
    try:
        return pdf_without_names(file) if kind == "pdf" else archive_without_names(file.read())
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        zipfile.BadZipFile,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise Unreadable from error


def archive_without_names(body: bytes) -> bytes:
    """Part by part; files/uploads.py has seen that they are not too large."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            new.writestr(part, part_without_names(part.filename, old.read(part)))
    return made.getvalue()


def part_without_names(name: str, content: bytes) -> bytes:
    if name in PROPERTIES:
        return PROPERTIES[name]
    if BESIDE.fullmatch(name):
        return XML_TEXT.sub(b"><", content)
    if name.endswith(".xml"):
        return ATTRIBUTE.sub(rb'\1""', ELEMENT.sub(rb"\1\3", content))
    return content


def pdf_without_names(file: Any) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(file) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                forget(thing, PDF_KEYS)
        for page in document.pages:
            for comment in page.get("/Annots", []):
                if comment.get("/Subtype") != "/Widget":  # of a form's field /T is the name it works by
                    forget(comment, COMMENT_KEYS)
        document.save(made, deterministic_id=True)
    return made.getvalue()


def forget(thing: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]
