"""Documents in the folder: who sends them, and when they go. Through real proxies: tests/servers/test_proxies.py."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from catalog.models import Material
from files import cleanup
from files.errors import StorageIsAway
from files.folder import Folder
from files.headers import headers_of
from files.models import FileToDelete, KeptFile
from files.store import columns
from files.tasks import delete_forgotten
from hubs.models import Agreement, Evidence, ResearchWork
from proposals import actions, tokens
from proposals.models import Attachment
from tests import cast
from tests.hubs.agreements import draft
from tests.hubs.files import private_root, upload  # noqa: F401 - it is used by being here
from tests.proposals import making


@pytest.fixture
def notes(private_root, monkeypatch):  # noqa: F811
    """Where concept notes lie, too."""
    field = Attachment._meta.get_field("file")
    monkeypatch.setattr(field, "storage", Evidence._meta.get_field("file").storage)
    return private_root


def files(root) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_every_column_that_names_a_document_is_watched():
    assert columns() == {
        Agreement: ["document"],
        Evidence: ["file"],
        ResearchWork: ["file"],
        Attachment: ["file"],
        KeptFile: ["file"],
        Material: ["file"],
    }


@pytest.mark.parametrize(
    ("name", "kind", "disposition"),
    [
        ("plan.pdf", "application/pdf", 'attachment; filename="plan.pdf"'),
        ("Été.PDF", "application/pdf", "attachment; filename*=utf-8''%C3%89t%C3%A9.PDF"),
        ("خطة.docx", None, "attachment; filename*=utf-8''%D8%AE%D8%B7%D8%A9.docx"),
        ('a"b.html', "application/octet-stream", 'attachment; filename="a\\"b.html"'),
        ("no ending", "application/octet-stream", 'attachment; filename="no ending"'),
    ],
)
def test_a_document_is_to_be_kept_and_runs_nothing(name, kind, disposition):
    headers = headers_of(name)
    assert kind in (headers["Content-Type"], None)
    assert headers["Content-Disposition"] == disposition
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"


def test_the_proxy_is_told_where_a_document_lies_and_gets_none_of_it_from_us(settings, tmp_path):
    store = Folder(location=tmp_path)
    store.save("evidence/ab c.pdf", ContentFile(b"%PDF"))
    headers = headers_of("Été.pdf")
    sent = store.download_response("evidence/ab c.pdf", headers, "GET")
    assert making.read(sent) == b"%PDF"
    assert "X-Accel-Redirect" not in sent
    assert headers.items() <= dict(sent.items()).items()
    settings.FILES_SENT_BY = "proxy"
    by_proxy = store.download_response("evidence/ab c.pdf", headers, "GET")
    assert by_proxy["X-Accel-Redirect"] == "/private-files/evidence/ab%20c.pdf"
    assert (by_proxy.status_code, by_proxy.content) == (200, b"")
    assert headers.items() <= dict(by_proxy.items()).items()
    with pytest.raises(FileNotFoundError):
        store.download_response("evidence/gone.pdf", headers, "GET")


class Breaks(ContentFile):
    """As from a disk that is full after the first half."""

    def chunks(self, chunk_size=None):
        yield b"%PDF"
        raise OSError(28, "No space left on device")


def test_half_a_document_does_not_stay(tmp_path):
    with pytest.raises(StorageIsAway):
        Folder(location=tmp_path).save("proposals/a.pdf", Breaks(b"%PDF-1.7"))
    assert files(tmp_path) == []


@pytest.mark.django_db
def test_an_upload_that_fails_says_so_keeps_what_was_typed_and_makes_no_row(client, notes, monkeypatch):
    amina = cast.person()
    client.force_login(amina)
    proposal = making.draft(amina)
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", Breaks.chunks)
    sent = {"file": upload(), "token": tokens.form_token(proposal)}
    answer = client.post(f"/proposals/{proposal.code}/files/new/", sent)
    assert answer.status_code == 503
    assert "the file storage does not answer" in answer.text
    assert not proposal.attachments.exists()
    assert files(notes) == []


@pytest.mark.django_db
def test_at_the_desk_the_form_is_offered_once_more(client, notes, monkeypatch):
    client.force_login(cast.secretary())
    client.raise_request_exception = False
    host = cast.host("chengdu")
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", Breaks.chunks)
    typed = {"host": host.pk, "title": "Atlas of wells", "authors": "Li", "year": 2026, "language": "en"}
    answer = client.post(
        "/admin/hubs/researchwork/add/",
        typed | {"file": upload(), "link": ""},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 503
    assert "cannot reach its files at the moment" in answer.text
    assert "Atlas of wells" in answer.text
    assert "Only the files have to be chosen once more" in answer.text
    assert not ResearchWork.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_document_goes_with_the_last_row_that_names_it(notes):
    agreement = draft(cast.host("chengdu"))
    for name in ("first.pdf", "second.pdf"):
        agreement.document = upload(name)
        agreement.save()
    assert files(notes) == [agreement.document.name]
    agreement.theme = "Wells"
    agreement.save(update_fields=["theme"])
    again = Agreement.objects.get(pk=agreement.pk)
    again.save()
    assert files(notes) == [agreement.document.name]
    # Named by another row, too: it stays as long as that one.
    work = ResearchWork.objects.create(
        host=agreement.host, title="A", authors="B", year=2026, language="en", file=agreement.document.name
    )
    Agreement.objects.filter(pk=again.pk).delete()
    assert files(notes) == [work.file.name]
    with transaction.atomic():
        work.delete()
        transaction.set_rollback(True)
    assert files(notes) == [work.file.name]
    ResearchWork.objects.all().delete()
    assert files(notes) == []
    assert not FileToDelete.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_deleted_now_is_deleted_later(notes, monkeypatch):
    proposal = making.draft(cast.person())
    for name in ("a.pdf", "b.pdf"):
        actions.attach(proposal=proposal, file=upload(name), by=None)

    def away(self, name):
        raise StorageIsAway("silent")

    with monkeypatch.context() as broken:
        broken.setattr(Folder, "delete", away)
        actions.discard(proposal=proposal, by=None)
        assert len(files(notes)) == FileToDelete.objects.count() == 2
        assert delete_forgotten() == 0
    assert cleanup.delete_pending() == 2
    assert files(notes) == []
    assert not FileToDelete.objects.exists()
