"""What files are taken, and who may open them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from hubs import actions
from hubs.models import ResearchWork
from hubs.uploads import LARGEST, check_upload
from tests import cast

from .agreements import END, draft, signed
from .files import PDF, PNG, archive, docx, upload

pytestmark = pytest.mark.django_db


def answer_of(client, address: str) -> int:
    """The status; a file is read to its end, and closed."""
    response = client.get(address)
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", PDF),
        ("REPORT.PDF", PDF),
        ("photo.png", PNG),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 20),
        ("text.docx", docx()),
        ("text.odt", archive(mimetype="application/vnd.oasis.opendocument.text")),
    ],
)
def test_files_of_known_kinds_are_taken(name, content):
    check_upload(upload(name, content))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<script>alert(1)</script>", "Files of this kind are not taken."),
        ("program.exe", b"MZ", "Files of this kind are not taken."),
        ("drawing.svg", b"<svg/>", "Files of this kind are not taken."),
        ("nothing", PDF, "Files of this kind are not taken."),
        ("report.pdf", b"<html></html>", "its content is something else"),
        ("report.pdf", PNG, "its content is something else"),
        ("text.docx", PDF, "its content is something else"),
        ("text.docx", archive(readme="hello"), "its content is something else"),
        ("text.odt", archive(mimetype="application/epub+zip"), "its content is something else"),
        ("text.xlsx", docx(), "its content is something else"),
        ("report.pdf", b"", "This file is empty."),
    ],
)
def test_other_files_are_refused_with_a_sentence(name, content, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_upload(upload(name, content))
    assert sentence in refusal.value.messages[0]


def test_ten_megabytes_are_the_limit():
    check_upload(upload(content=PDF + b"\0" * (LARGEST - len(PDF))))
    with pytest.raises(ValidationError, match="At most 10"):
        check_upload(upload(content=PDF + b"\0" * (LARGEST - len(PDF) + 1)))


def evidence(*, is_public: bool, milestone_public: bool = True, agreement=None):
    agreement = agreement or signed(cast.host("chengdu"), starts_on=timezone.now().date() - timedelta(days=9))
    milestone = actions.add_milestone(
        agreement=agreement, kind="activity", title="Two", due_on=END, is_public=milestone_public, by=None
    )
    return actions.add_evidence(
        milestone=milestone,
        title="Report",
        file=upload("Bericht über alles.pdf"),
        is_public=is_public,
        by=None,
    )


def test_public_evidence_is_for_everyone_as_a_download(client):
    made = evidence(is_public=True)
    response = client.get(made.address)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert "Bericht" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_files_lie_under_names_nobody_can_guess_and_have_no_other_address(private_root):
    made = evidence(is_public=True)
    assert "Bericht" not in made.file.name
    assert (private_root / made.file.name).exists()
    with pytest.raises(ValueError, match="no address of their own"):
        made.file.storage.url(made.file.name)


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (None, 404),
        (lambda: cast.person(), 404),
        (lambda: cast.coordinator(cast.host("cairo")), 404),
        (lambda: cast.coordinator(cast.host("chengdu")), 200),
        (lambda: cast.reader(), 200),
        (lambda: cast.secretary(), 200),
    ],
)
def test_other_evidence_is_for_the_hosts_staff(client, who, answer):
    made = evidence(is_public=False)
    if who:
        client.force_login(who())
    assert answer_of(client, made.address) == answer


def test_nothing_of_a_hidden_milestone_or_a_draft_is_public(client):
    hidden = evidence(is_public=True, milestone_public=False)
    assert client.get(hidden.address).status_code == 404
    unsigned = evidence(is_public=True, agreement=draft(cast.host("cairo")))
    assert client.get(unsigned.address).status_code == 404


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (None, 302),
        (lambda: cast.person(), 404),
        (lambda: cast.coordinator(cast.host("cairo")), 404),
        (lambda: cast.coordinator(cast.host("chengdu")), 200),
        (lambda: cast.secretary(), 200),
    ],
)
def test_the_agreement_itself_is_for_the_hosts_staff(client, who, answer):
    agreement = draft(cast.host("chengdu"))
    agreement.document, agreement.document_name = upload("agreement.pdf"), "agreement.pdf"
    agreement.save()
    if who:
        client.force_login(who())
    assert answer_of(client, f"/agreements/{agreement.pk}/document/") == answer


def test_works_are_read_by_everyone_once_they_are_public(client):
    work = actions.add_research_work(
        host=cast.host("chengdu"),
        by=None,
        title="Atlas",
        authors="Li",
        year=2026,
        language="en",
        file=upload(),
    )
    assert answer_of(client, work.address) == 200
    ResearchWork.objects.update(is_public=False)
    assert client.get(work.address).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(client, private_root):
    made = evidence(is_public=True)
    (private_root / made.file.name).unlink()
    assert client.get(made.address).status_code == 404
