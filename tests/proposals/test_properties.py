"""Whom a file's properties name: nobody, in the copy for who must not see who proposes; as it came, for who may."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desk import uploads
from proposals import actions
from proposals.properties import without_names
from tests import cast
from tests.documents import archive

from . import making

NAME = b"Fatou Faye"
WORD = archive(
    _TYPES='<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
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
PDF = (
    b"%PDF-1.7\n1 0 obj << /Title (Night) /Author (Fatou Faye \\(Dakar\\)) /Company <4661746f75> >> endobj\n"
    b"<rdf:RDF><dc:title>Night</dc:title><dc:creator><rdf:Seq><rdf:li>Fatou Faye</rdf:li></rdf:Seq></dc:creator>"
    b"</rdf:RDF>\nstartxref\n9\n%%EOF"
)


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


def test_nobody_is_named_in_the_properties_of_a_pdf_and_its_places_stay_true():
    copy = without_names(io.BytesIO(PDF), "pdf")
    assert NAME not in copy
    assert b"Dakar" not in copy
    assert b"4661746f75" not in copy
    assert len(copy) == len(PDF)
    assert copy.index(b"startxref") == PDF.index(b"startxref")
    assert copy.count(b"(Night)") == copy.count(b"<dc:title>Night</dc:title>") == 1


@pytest.mark.parametrize(
    "junk",
    [
        b"/Author (",
        b"<dc:creator>",
        b"<dc:creator ",
        b"/Author <",
        b"((((",
        b"\\",
    ],
)
def test_no_file_makes_it_slow(junk):
    """Ten megabytes of openings without an end: each pattern gives up at the next one."""
    body = b"%PDF-1.7" + junk * (uploads.LARGEST // len(junk))
    assert without_names(io.BytesIO(body), "pdf") == body


@pytest.mark.django_db
def test_a_blind_reviewer_gets_the_copy_and_the_secretariat_the_file_as_it_came(client):
    amina = cast.person("Amina Diallo")
    call = making.call(hides_names=True)
    draft = making.draft(amina, call=call)
    note = actions.attach(proposal=draft, file=SimpleUploadedFile("Fatou Faye.pdf", PDF), by=amina)
    proposal = actions.send(proposal=draft, content=making.content(attachments=[note.pk]), by=amina)
    reviewer, secretary = making.reviewer(), cast.secretary()
    actions.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    page = f"/proposals/desk/{proposal.code}/files/{note.pk}/"
    client.force_login(reviewer)
    answer = client.get(page)
    assert answer["Content-Disposition"] == f'attachment; filename="{proposal.code}-{note.pk}.pdf"'
    assert NAME not in making.read(answer)
    client.force_login(secretary)
    answer = client.get(page)
    assert answer["Content-Disposition"] == 'attachment; filename="Fatou Faye.pdf"'
    assert making.read(answer) == PDF
