"""Files: what they are is told by what is in them; where they lie nobody reaches; who may not read gets 404."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals import actions, errors, tokens, uploads
from tests import cast

from . import making

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    from proposals.models import Attachment

    field = Attachment._meta.get_field("file")
    was = field.storage
    from hubs.storage import private_storage

    field.storage = private_storage()
    yield tmp_path
    field.storage = was


def archive(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_TYPES", "[Content_Types].xml"), text)
    return buffer.getvalue()


DOCX = archive(
    _TYPES='<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
    **{"word__document.xml": "<w/>"},
)
ODT = archive(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<o/>"})
XLSX = archive(_TYPES="<x/>", **{"xl__workbook.xml": "<x/>"})
MACROS = archive(
    _TYPES='<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
    **{"word__document.xml": "<w/>", "word__vbaProject.bin": "x"},
)


def file(name: str, body: bytes, kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, content_type=kind)


@pytest.mark.parametrize(
    ("name", "body", "kind"), [("a.pdf", PDF, "pdf"), ("a.DOCX", DOCX, "docx"), ("a.odt", ODT, "odt")]
)
def test_a_concept_note_is_taken(name, body, kind):
    assert uploads.checked(file(name, body)) == (f"a.{kind}", kind)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("note.exe", b"MZ\x90", "kind"),
        ("note.html", b"<script>alert(1)</script>", "kind"),
        ("note.svg", b"<svg onload='x'/>", "kind"),
        ("note", PDF, "kind"),
        (".pdf", b"MZ", "content"),
        ("note.pdf", b"MZ\x90\x00 not a pdf", "content"),
        ("note.pdf", b"<html><script>alert(1)</script>", "content"),
        ("note.pdf", b" %PDF-1.7", "content"),
        ("note.pdf", DOCX, "content"),
        ("note.docx", PDF, "content"),
        ("note.docx", XLSX, "content"),
        ("note.docx", ODT, "content"),
        ("note.docx", MACROS, "content"),
        ("note.docx", b"PK\x03\x04 broken", "content"),
        ("note.odt", DOCX, "content"),
        ("note.odt", archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "content"),
        ("note.pdf.exe", PDF, "kind"),
        ("note.docx.html", DOCX, "kind"),
        ("note.pdf", b"", "empty"),
    ],
)
def test_what_is_something_else_is_refused_whatever_its_name_and_type_say(name, body, code):
    with pytest.raises(ValidationError) as refusal:
        uploads.checked(file(name, body))
    assert refusal.value.code == code


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


def test_it_lies_under_a_name_nobody_can_guess_inside_the_store(store, settings):
    proposal = making.draft(cast.person())
    attachment = actions.attach(proposal=proposal, file=file("../../../evil.exe.pdf", PDF), by=None)
    assert attachment.name == "evil-exe.pdf"
    path = Path(attachment.file.path)
    assert path.is_relative_to(store)
    assert "evil" not in path.name
    assert not path.is_relative_to(settings.MEDIA_ROOT)


def test_a_bad_file_leaves_nothing_behind_and_the_page_says_why(client, store):
    amina = cast.person()
    client.force_login(amina)
    proposal = making.draft(amina)
    answer = client.post(
        f"/proposals/{proposal.code}/files/new/",
        {"file": file("note.pdf", b"MZ"), "token": tokens.form_token(proposal)},
    )
    assert answer.status_code == 422
    assert "its content is something else" in answer.text
    assert not proposal.attachments.exists()
    assert not [one for one in store.rglob("*") if one.is_file()]


def test_it_is_given_out_as_a_download_only_to_who_may(client):
    amina, secretary = cast.person(), cast.secretary()
    proposal = making.draft(amina)
    attachment = actions.attach(proposal=proposal, file=file("note.pdf", PDF), by=amina)
    mine = f"/proposals/{proposal.code}/files/{attachment.pk}/"
    desk = f"/proposals/desk/{proposal.code}/files/{attachment.pk}/"
    assert client.get(mine).url == f"/accounts/login/?next={mine}"
    client.force_login(cast.person("Stranger Else"))
    assert client.get(mine).status_code == 404
    assert client.get(desk).status_code == 403
    client.force_login(amina)
    answer = client.get(mine)
    assert answer["Content-Disposition"] == 'attachment; filename="note.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert making.read(answer) == PDF
    client.force_login(secretary)
    assert client.get(desk).status_code == 404  # a draft does not exist for the desk
    actions.send(proposal=proposal, content=making.content(attachments=[attachment.pk]), by=amina)
    assert making.read(client.get(desk)) == PDF
    later = actions.attach(proposal=proposal, file=file("unsent.pdf", PDF), by=amina)
    assert client.get(f"/proposals/desk/{proposal.code}/files/{later.pk}/").status_code == 404
    other = making.sent(cast.person("B B"))
    assert client.get(f"/proposals/desk/{other.code}/files/{attachment.pk}/").status_code == 404


def test_three_files_at_most_and_what_was_sent_stays_readable():
    amina = cast.person()
    proposal = making.draft(amina)
    files = [actions.attach(proposal=proposal, file=file(f"{i}.pdf", PDF), by=amina) for i in range(3)]
    with pytest.raises(errors.TooManyFiles):
        actions.attach(proposal=proposal, file=file("4.pdf", PDF), by=amina)
    actions.detach(attachment=files[0], by=amina)
    assert not proposal.attachments.filter(pk=files[0].pk).exists()
    actions.send(proposal=proposal, content=making.content(attachments=[files[1].pk]), by=amina)
    actions.detach(attachment=files[1], by=amina)
    files[1].refresh_from_db()
    assert files[1].removed_at


@pytest.mark.django_db(transaction=True)
def test_thrown_away_drafts_take_their_files_along(store):
    proposal = making.draft()
    actions.attach(proposal=proposal, file=file("note.pdf", PDF), by=None)
    assert len(list(store.rglob("*.pdf"))) == 1
    actions.discard(proposal=proposal, by=None)
    assert not list(store.rglob("*.pdf"))
