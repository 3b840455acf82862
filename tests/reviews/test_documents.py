"""Whom a file's properties name: nobody, in the copy for who must not see who proposes; as it came, for who may."""

import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files import uploads
from proposals import actions
from reviews import actions as reviewing
from reviews.documents import Unreadable, without_names
from tests import cast
from tests.documents import archive
from tests.proposals import making

NAME = b"Fatou Faye"
TYPES = f'<Override PartName="/word/document.xml" ContentType="{uploads.CONTENT_TYPES["docx"]}.main+xml"/>'
WORD = archive(
    _TYPES=TYPES,
    **{
        "word__document.xml": '<w:p><w:ins w:author="Fatou Faye" w:date="2026-01-01"/>Night buses</w:p>',
        "word__comments.xml": '<w:comment w:initials="FF" w:author="Fatou Faye">Too long</w:comment>',
        "docProps__core.xml": "<c><dc:title>Night</dc:title><dc:creator>Fatou Faye</dc:creator>"
        "<cp:lastModifiedBy>Fatou Faye</cp:lastModifiedBy></c>",
        "docProps__app.xml": "<p><Company>Fatou Faye</Company><Pages>2</Pages></p>",
        "word__media__plan.png": "a picture",
    },
)
OPEN = archive(
    mimetype=uploads.CONTENT_TYPES["odt"],
    **{
        "content.xml": "<o><office:annotation><dc:creator>Fatou Faye</dc:creator></office:annotation>Night</o>",
        "meta.xml": "<m><meta:initial-creator>Fatou Faye</meta:initial-creator>"
        "<dc:creator>Fatou Faye</dc:creator><dc:title>Night</dc:title></m>",
    },
)


def pdf(**save) -> bytes:
    """A page with a comment, and every place in which programs name people and cities; `save` says how it is packed."""
    made = pikepdf.new()
    page = made.add_blank_page()
    for key in ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/Company", "/Own"):
        made.docinfo[key] = "Fatou Faye (Dakar)"
    with made.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["dc:creator"] = ["Fatou Faye"]
        xmp["dc:title"] = "Dakar"
    page["/PieceInfo"] = pikepdf.Dictionary(Program=pikepdf.Dictionary(Private="Fatou Faye"))
    comment = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 9, 9],
        T="Fatou Faye",
        Contents="Too long",
    )
    field = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            Rect=[0, 0, 9, 9],
            T="goal",
        )
    )
    made.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[field])
    page["/Annots"] = pikepdf.Array([comment, field])
    page["/Contents"] = made.make_stream(b"BT (Night buses) Tj ET")
    written = io.BytesIO()
    made.save(written, **save)
    return written.getvalue()


PDF = pdf()


def texts_of(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        assert opened.testzip() is None
        return b"\n".join(opened.read(name) for name in opened.namelist())


@pytest.mark.parametrize(("body", "kind"), [(WORD, "docx"), (OPEN, "odt")])
def test_nobody_is_named_in_the_properties_comments_and_changes_of_a_text(body, kind):
    assert NAME in texts_of(body)
    copy = without_names(io.BytesIO(body), kind)
    assert NAME not in texts_of(copy)
    assert b"Night" in texts_of(copy)  # the text itself stays
    assert uploads.kind_of(io.BytesIO(copy)) == kind
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        assert old.namelist() == new.namelist()


@pytest.mark.parametrize(
    "body",
    [
        PDF,
        pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        pdf(encryption=pikepdf.Encryption(owner="keep out")),
        b"\xef\xbb\xbf" + PDF,
    ],
    ids=["plain", "compressed", "for reading only", "begins late"],
)
def test_a_pdf_has_no_properties_left_and_its_text_stays(body):
    with pikepdf.open(io.BytesIO(without_names(io.BytesIO(body), "pdf"))) as copy:
        everything = b"".join(repr(thing).encode() for thing in copy.objects)
        assert b"Fatou" not in everything
        assert b"Dakar" not in everything
        assert ("/Info" in copy.trailer, "/Metadata" in copy.Root) == (False, False)
        (page,) = copy.pages
        assert b"Night buses" in page.Contents.read_bytes()
        comment, field = page.Annots
        assert (str(comment.Contents), str(field.T)) == ("Too long", "goal")


def test_all_properties_of_a_text_go_also_beside_it():
    body = archive(
        _TYPES=TYPES,
        **{
            "word__document.xml": "<w:p>Night buses</w:p>",
            "docProps__core.xml": "<c><dc:title>Dakar</dc:title><dc:subject>Dakar</dc:subject></c>",
            "docProps__app.xml": "<p><HyperlinkBase>Dakar</HyperlinkBase><Template>Dakar.dotx</Template></p>",
            "docProps__custom.xml": "<p><property name='Dakar'><vt:lpwstr>Dakar</vt:lpwstr></property></p>",
            "customXml__item1.xml": "<CoverPageProperties><CompanyEmail>a@dakar.example</CompanyEmail>"
            "<Abstract>Dakar</Abstract></CoverPageProperties>",
        },
    )
    copy = texts_of(without_names(io.BytesIO(body), "docx"))
    assert (b"akar" in copy, b"Night buses" in copy) == (False, True)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 and nothing else", "pdf"),
        (PDF[: len(PDF) // 3].replace(b"obj", b"jbo"), "pdf"),
        (pdf(encryption=pikepdf.Encryption(owner="one", user="two")), "pdf"),
        (b"PK\x03\x04 broken", "docx"),
    ],
    ids=["empty", "cut off", "locked", "no archive"],
)
def test_what_cannot_be_read_is_not_given_out(body, kind):
    with pytest.raises(Unreadable):
        without_names(io.BytesIO(body), kind)


@pytest.mark.django_db
def test_a_blind_reviewer_gets_the_copy_and_the_secretariat_the_file_as_it_came(client):
    amina = cast.person("Amina Diallo")
    call = making.call(hides_names=True)
    draft = making.draft(amina, call=call)
    note = actions.attach(proposal=draft, file=SimpleUploadedFile("Fatou Faye.pdf", PDF), by=amina)
    proposal = actions.send(proposal=draft, content=making.content(attachments=[note.pk]), by=amina)
    reviewer, secretary = making.reviewer(), cast.secretary()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    page = f"/proposals/desk/{proposal.code}/files/{note.pk}/"
    client.force_login(reviewer)
    answer = client.get(page)
    assert answer["Content-Disposition"] == f'attachment; filename="{proposal.code}-{note.pk}.pdf"'
    assert NAME not in making.read(answer)
    client.force_login(secretary)
    answer = client.get(page)
    assert answer["Content-Disposition"] == 'attachment; filename="Fatou Faye.pdf"'
    assert making.read(answer) == PDF

    draft.attachments.get(pk=note.pk).file.storage.delete(note.file.name)
    note.file.storage.save(note.file.name, SimpleUploadedFile("x.pdf", b"%PDF-1.7 broken"))
    client.force_login(reviewer)
    assert "This file is broken or locked" in client.get(page, follow=True).text
