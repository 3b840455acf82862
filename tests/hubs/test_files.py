"""Who may open which file. What is taken: tests/files/test_uploads.py."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hubs import actions
from hubs.models import ResearchWork
from tests import cast

from .agreements import END, draft, signed
from .files import PDF, upload

pytestmark = pytest.mark.django_db


def answer_of(client, address: str) -> int:
    """The status; a file is read to its end, and closed."""
    response = client.get(address)
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


def make_evidence(*, is_public: bool, milestone_public: bool = True, agreement=None):
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
    evidence = make_evidence(is_public=True)
    response = client.get(evidence.address)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert "Bericht" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_files_lie_under_names_nobody_can_guess_and_have_no_other_address(private_root):
    evidence = make_evidence(is_public=True)
    assert "Bericht" not in evidence.file.name
    assert (private_root / evidence.file.name).exists()
    with pytest.raises(ValueError, match="no address of their own"):
        evidence.file.storage.url(evidence.file.name)


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
    evidence = make_evidence(is_public=False)
    if who:
        client.force_login(who())
    assert answer_of(client, evidence.address) == answer


def test_nothing_of_a_hidden_milestone_or_a_draft_is_public(client):
    hidden = make_evidence(is_public=True, milestone_public=False)
    assert client.get(hidden.address).status_code == 404
    unsigned = make_evidence(is_public=True, agreement=draft(cast.host("cairo")))
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
    evidence = make_evidence(is_public=True)
    (private_root / evidence.file.name).unlink()
    assert client.get(evidence.address).status_code == 404
