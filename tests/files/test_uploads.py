"""What an upload may be: one list for hubs and proposals alike. What it is, its content says."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from files import uploads
from hubs.admin.files import PrivateFile
from proposals.forms import FileForm
from tests.documents import OF_KIND, PDF, PNG, archive, office, open_document

DOCX, XLSX, ODT = OF_KIND["docx"], OF_KIND["xlsx"], OF_KIND["odt"]
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def file(name: str, body: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, content_type="application/pdf")


def damaged(body: bytes) -> bytes:
    """An archive whose table of contents is whole, and whose parts are not."""
    at = body.index(b"PK\x03\x04", 10) - 8
    return body[: at - 20] + b"\xff" * 20 + body[at:]


def test_the_list_names_every_kind_there_is_an_example_of():
    assert set(OF_KIND) == set(uploads.CONTENT_TYPES)


@pytest.mark.parametrize("kind", OF_KIND)
def test_each_kind_is_taken_whatever_the_case_of_its_ending(kind):
    assert uploads.checked(file(f"a.{kind.upper()}", OF_KIND[kind])) == (f"a.{kind}", kind)


def test_the_forms_of_both_rooms_take_what_the_list_says():
    assert PrivateFile().widget.attrs["accept"] == uploads.accept()
    assert FileForm().fields["file"].widget.attrs["accept"] == ".pdf,.docx,.odt"
    with pytest.raises(ValidationError) as refusal:
        uploads.checked(file("table.xlsx", XLSX), uploads.TEXTS, uploads.TEXTS_HINT)
    assert refusal.value.code == "kind"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("note.exe", b"MZ\x90", "kind"),
        ("page.html", b"<script>alert(1)</script>", "kind"),
        ("drawing.svg", b"<svg onload='x'/>", "kind"),
        ("note", PDF, "kind"),
        ("note.pdf.exe", PDF, "kind"),
        ("note.docx.html", DOCX, "kind"),
        ("table.xlsm", XLSX, "kind"),
        (".pdf", b"MZ", "content"),
        ("note.pdf", b"MZ\x90\x00 not a pdf", "content"),
        ("note.pdf", b"<html><script>alert(1)</script>", "content"),
        ("note.pdf", PNG, "content"),
        ("note.pdf", DOCX, "content"),
        ("photo.jpg", PNG, "content"),
        ("note.docx", PDF, "content"),
        ("note.docx", XLSX, "content"),
        ("note.docx", ODT, "content"),
        ("note.docx", archive(readme="hello"), "content"),
        ("note.docx", archive(_TYPES="<Types/>", word__document="<w/>"), "content"),
        ("note.docx", b"PK\x03\x04 broken", "content"),
        ("note.docx", damaged(DOCX), "content"),
        ("note.odt", DOCX, "content"),
        ("note.odt", archive(mimetype="application/epub+zip"), "content"),
        ("note.odt", OF_KIND["ods"], "content"),
        ("note.pdf", b"", "empty"),
        # With macros, whatever the kind
        ("note.docx", office("docx", word__vbaProject=b"x"), "content"),
        ("table.xlsx", office("xlsx", xl__VBAPROJECT=b"x"), "content"),
        ("slides.pptx", office("pptx", ppt__vbaData="<x/>"), "content"),
        ("note.docx", office("docx", declared=MACRO_WORD), "content"),
        ("note.odt", open_document("odt", **{"Basic/Standard/Module1.xml": "<m/>"}), "content"),
        ("table.ods", open_document("ods", **{"Scripts/python/run.py": "print()"}), "content"),
    ],
)
def test_what_is_something_else_is_refused_whatever_its_name_and_type_say(name, body, code):
    with pytest.raises(ValidationError) as refusal:
        uploads.checked(file(name, body))
    assert refusal.value.code == code


def test_an_empty_list_of_macros_is_none():
    body = open_document("odt", **{"Basic/script-lc.xml": "<l/>", "Basic/Standard/script-lb.xml": "<l/>"})
    assert uploads.checked(file("note.odt", body))[1] == "odt"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "odp"])
def test_what_would_unpack_to_too_much_is_not_taken(kind, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 10)
    assert uploads.kind_of(io.BytesIO(OF_KIND[kind])) == ""


def test_what_an_archive_claims_is_enough_to_refuse_it():
    """A quarter of a gigabyte of nothing packs into a quarter of a megabyte."""
    made = io.BytesIO(OF_KIND["xlsx"])
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened, opened.open("xl/big.xml", "w") as part:
        for _megabyte in range(250):
            part.write(b"\0" * 1024 * 1024)
    assert len(made.getvalue()) < uploads.LARGEST
    with pytest.raises(ValidationError) as refusal:
        uploads.checked(file("table.xlsx", made.getvalue()))
    assert refusal.value.code == "content"


def test_what_is_too_large_is_refused_and_one_byte_less_is_not():
    most = uploads.LARGEST
    assert uploads.checked(file("a.pdf", PDF + b"0" * (most - len(PDF))))[1] == "pdf"
    with pytest.raises(ValidationError) as refusal:
        uploads.checked(file("a.pdf", PDF + b"0" * (most - len(PDF) + 1)))
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\note.pdf", "note.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("note.exe.pdf", "note-exe.pdf"),
        ('a"; filename="b.exe.pdf', "a- filename-b-exe.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a-Set-Cookie- x-1.pdf"),
        ("Идея для ночи.pdf", "Идея для ночи.pdf"),
        ("….pdf", "file.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name, harmless):
    assert uploads.harmless(name) == harmless


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("note.docx", office("docx", main="word/document2.xml")),
        ("note.docx", office("docx", main="main/text-7.xml")),
        ("table.xlsx", office("xlsx", main="xl/workbook3.xml")),
        ("slides.pptx", office("pptx", main="slides/start.xml")),
        (
            "note.docx",
            archive(
                _TYPES="<c:Types xmlns:c='x'><c:Override ContentType='"
                f"{uploads.CONTENT_TYPES['docx']}.main+xml' PartName='/word/other.xml'></c:Override></c:Types>",
                **{"word/other.xml": "<x/>"},
            ),
        ),
        ("note.pdf", b"\xef\xbb\xbf" + PDF),
        ("note.pdf", b"\r\n" + PDF),
        ("note.pdf", b" " * 1019 + PDF),
    ],
)
def test_the_main_part_may_have_any_name_and_a_pdf_may_begin_late(name, body):
    assert uploads.checked(file(name, body))[0] == name


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("note.pdf", b" " * 1020 + PDF),
        ("photo.png", b" " + PNG),
        (
            "note.docx",
            archive(
                _TYPES=f'<Override PartName="/gone.xml" ContentType="{uploads.CONTENT_TYPES["docx"]}.main+xml"/>'
            ),
        ),
    ],
)
def test_what_begins_too_late_or_is_declared_and_not_there_is_refused(name, body):
    with pytest.raises(ValidationError) as refusal:
        uploads.checked(file(name, body))
    assert refusal.value.code == "content"
