"""Documents in a real storage that speaks S3: our views say who may, the storage delivers, and nothing stays behind."""

import http.client
import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django.utils.http import content_disposition_header

from accounts.erasing import erase_person
from files import address as addresses
from files.errors import StorageIsAway
from files.models import FileToDelete
from files.store import private_storage
from files.tasks import delete_forgotten
from files.uploads import CONTENT_TYPES
from hubs import actions as hub_actions
from learning_station import start_checks
from proposals import actions, tokens
from reviews import actions as reviewing
from tests import cast
from tests.hubs import agreements
from tests.proposals import making
from tests.reviews import test_documents as documents
from tests.servers import storage

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
# As long as a name may be, with what is three and four bytes in UTF-8.
NAMES = [
    "note.pdf",
    "Été à Zürich (vœux).pdf",
    "خطة الليل.pdf",
    "城市夜间交通.pdf",
    "𠮷" * 75 + ".docx",
]


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    with storage.running(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def bucket(s3):
    storage.nobody_waited_in_vain()
    with storage.documents_lie(s3.url):
        storage.empty()
        yield s3


def upload(name: str = "note.pdf", content: bytes = PDF, kind: str = "text/html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def noted(by, name: str = "note.pdf", content: bytes = PDF):
    """A draft with one concept note, and the page that gives it out."""
    proposal = making.draft(by)
    note = actions.attach(proposal=proposal, file=upload(name, content), by=by)
    return note, f"/proposals/{proposal.code}/files/{note.pk}/"


def fetched(url: str, method: str = "GET", **headers: str):
    """What the storage answers a browser that was sent there: status, headers, body."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_document_comes_back_from_the_storage_under_its_own_name(client, bucket, name):
    amina = cast.person()
    client.force_login(amina)
    ending = name.rpartition(".")[2]
    body = PDF if ending == "pdf" else documents.WORD
    note, page = noted(amina, name, body)
    assert bucket.files() == [note.file.name]
    answer = client.get(page)
    assert answer.status_code == 302
    assert urlsplit(answer.url).netloc == f"127.0.0.1:{bucket.port}"
    if len(name) == 80:
        assert len(answer.url) > 2048, "longer than Django redirects to, unless it is told"
    assert answer["Cache-Control"].startswith("private, no-store")
    assert answer["Referrer-Policy"] == "same-origin"
    status, headers, content = fetched(answer.url)
    assert (status, content) == (200, body)
    assert headers["Content-Type"] == CONTENT_TYPES[ending]
    assert headers["Content-Disposition"] == content_disposition_header(True, note.name)
    assert headers["Cache-Control"] == "private, no-store"
    looked = client.head(page)
    status, headers, content = fetched(looked.url, "HEAD")
    assert (status, content, int(headers["Content-Length"])) == (200, b"", len(body))


def test_an_address_opens_one_file_for_a_moment_and_nothing_else(client, bucket):
    amina = cast.person()
    client.force_login(amina)
    _note, page = noted(amina)
    other, _page = noted(amina, "other.pdf", PDF + b"other")
    signed = client.get(page).url
    assert fetched(signed)[0] == 200
    refused = [
        signed.partition("?")[0],
        signed.replace(urlsplit(signed).path, f"/{storage.BUCKET}/{storage.PREFIX}/{other.file.name}"),
        signed.replace("response-content-type=application%2Fpdf", "response-content-type=text%2Fhtml"),
        signed.replace("X-Amz-Expires=120", "X-Amz-Expires=86400"),
    ]
    assert all(one != signed for one in refused)
    assert [fetched(one)[0] // 100 for one in refused] == [4] * 4
    with time_machine.travel(timezone.now() - timedelta(minutes=10), tick=True):
        late = client.get(page).url
    assert fetched(late)[0] // 100 == 4


def test_who_may_not_is_refused_before_any_address_is_made(client, bucket, monkeypatch):
    _note, page = noted(cast.person())
    monkeypatch.setattr(type(private_storage()), "download_response", None)  # whoever came so far would fail
    assert client.get(page).url == f"/accounts/login/?next={page}"
    client.force_login(cast.person("Stranger Else"))
    assert client.get(page).status_code == 404


def test_a_document_that_is_gone_from_the_storage_is_not_found(client, bucket):
    amina = cast.person()
    client.force_login(amina)
    _note, page = noted(amina)
    storage.empty()
    assert client.get(page).status_code == 404


def test_a_reviewer_who_must_not_see_names_gets_our_copy(client, bucket):
    amina = cast.person()
    call = making.call(hides_names=True)
    draft = making.draft(amina, call=call)
    note = actions.attach(proposal=draft, file=upload(content=documents.PDF), by=amina)
    proposal = actions.send(proposal=draft, content=making.content(attachments=[note.pk]), by=amina)
    reviewer = making.reviewer()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=cast.secretary())
    client.force_login(reviewer)
    page = f"/proposals/desk/{proposal.code}/files/{note.pk}/"
    answer = client.get(page)
    assert answer.status_code == 200
    assert documents.NAME not in making.read(answer)
    storage.empty()
    assert client.get(page).status_code == 404


def test_what_is_replaced_deleted_or_erased_leaves_the_storage(bucket):
    agreement = agreements.draft(cast.host("chengdu"))
    agreement.document = upload("first.pdf")
    agreement.save()
    first = agreement.document.name
    agreement.document = upload("second.pdf")
    agreement.save()
    assert bucket.files() == [agreement.document.name]
    assert first != agreement.document.name
    work = hub_actions.add_research_work(
        host=cast.host("cairo"), by=None, title="A", authors="B", year=2026, language="en", file=upload()
    )
    assert len(bucket.files()) == 2
    work.delete()
    agreement.document = ""
    agreement.save(update_fields=["document"])
    assert bucket.files() == []
    amina = cast.person()
    noted(amina)
    sent = making.draft(amina)
    note = actions.attach(proposal=sent, file=upload(), by=amina)
    actions.send(proposal=sent, content=making.content(attachments=[note.pk]), by=amina)
    assert len(bucket.files()) == 2
    erase_person(person=amina, by=amina)
    assert bucket.files() == []
    assert not FileToDelete.objects.exists()


def test_what_is_forgotten_while_the_storage_is_away_goes_later(bucket, s3):
    amina = cast.person()
    note, _page = noted(amina)
    with storage.documents_lie(storage.address(1)):  # nobody listens there
        erase_person(person=amina, by=amina)
        assert delete_forgotten() == 0
    assert bucket.files() == [note.file.name]
    assert FileToDelete.objects.get().name == note.file.name
    assert delete_forgotten() == 1
    assert bucket.files() == []
    assert not FileToDelete.objects.exists()


def test_a_transaction_that_fails_takes_no_document_along(bucket):
    note, _page = noted(cast.person())
    with transaction.atomic():
        note.delete()
        transaction.set_rollback(True)
    assert bucket.files() == [note.file.name]
    assert not FileToDelete.objects.exists()


def sends(client, proposal):
    return client.post(
        f"/proposals/{proposal.code}/files/new/",
        {"file": upload(), "token": tokens.form_token(proposal), "needs": "Two drivers."},
    )


@pytest.mark.parametrize("how", ["absent", "wrong secret", "silent"])
def test_an_upload_that_fails_says_so_and_leaves_nothing(client, bucket, how):
    amina = cast.person()
    client.force_login(amina)
    proposal = making.draft(amina)
    with storage.silent() as (port, connections):
        url = {
            "absent": storage.address(1),
            "wrong secret": storage.address(bucket.port, secret="guessed"),
            "silent": storage.address(port),
        }[how]
        patience = storage.IMPATIENT if how == "silent" else storage.PATIENT
        with storage.documents_lie(url, patience=patience):
            answer = sends(client, proposal)
            assert answer.status_code == 503
            assert "the file storage does not answer" in answer.text
            assert sends(client, proposal).status_code == 503
        assert len(connections) == (1 if how == "silent" else 0), (
            "who waited in vain is not followed by others"
        )
    assert not proposal.attachments.exists()
    assert bucket.files() == []
    storage.nobody_waited_in_vain()
    assert sends(client, proposal).status_code == 302
    assert len(bucket.files()) == 1


def test_the_page_of_a_document_ends_in_limited_time_and_says_what_is_away(client, bucket):
    amina = cast.person()
    client.force_login(amina)
    client.raise_request_exception = False
    _note, page = noted(amina)
    with (
        storage.silent() as (port, connections),
        storage.documents_lie(storage.address(port), patience=storage.IMPATIENT),
    ):
        answers = [client.get(page) for _time in range(3)]
        assert [one.status_code for one in answers] == [503] * 3
        assert "cannot reach its files at the moment" in answers[0].text
        assert answers[0]["Retry-After"] == "30"
        assert len(connections) == 1


@pytest.mark.parametrize("kind", addresses.PATIENCE)
def test_the_storage_is_waited_for_as_the_settings_say(s3, kind):
    with storage.documents_lie(s3.url, kind=kind, patience=None):
        config = private_storage().connection.meta.client.meta.config
        patience = addresses.PATIENCE[kind]
        assert (config.connect_timeout, config.read_timeout) == (patience.connect, patience.read)
        assert config.retries["total_max_attempts"] == patience.tries


def test_a_large_document_goes_in_one_piece(bucket):
    """In several it could stay behind in part."""
    body = PDF + os.urandom(9 * 1024 * 1024)
    note, _page = noted(cast.person(), content=body)
    assert (bucket.folder / note.file.name).read_bytes() == body
    assert private_storage().transfer_config.multipart_threshold > 50 * 1024 * 1024


def test_what_an_object_says_of_itself_is_harmless_too(bucket):
    note, _page = noted(cast.person())
    said = private_storage().bucket.Object(f"{storage.PREFIX}/{note.file.name}")
    assert said.content_type == "application/pdf", "by our list, not by what the browser said"
    assert said.cache_control == "private, no-store"
    with pytest.raises(ValueError, match="no address of their own"):
        private_storage().url(note.file.name)


def test_the_command_brings_documents_there_and_back_as_often_as_one_likes(bucket, tmp_path, capsys):
    old, copy = tmp_path / "old", tmp_path / "copy"
    with storage.documents_lie("", folder=old):
        notes = [noted(cast.person(), content=PDF + bytes([number]) * number)[0] for number in range(1, 4)]
        named = sorted(note.file.name for note in notes)
    call_command("files", from_folder=old)
    assert bucket.files() == named
    half = notes[1].file.name
    private_storage().save(half, upload(content=b"half"))
    call_command("files", from_folder=old)
    assert (bucket.folder / half).read_bytes() == (old / half).read_bytes()
    (old / notes[0].file.name).unlink()
    call_command("files", from_folder=old)  # there, whatever became of the folder
    call_command("files", to_folder=copy)
    assert sorted(str(one.relative_to(copy)) for one in copy.rglob("*.pdf")) == named
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "3 brought, 0 were there already.",
        "1 brought, 2 were there already.",
        "0 brought, 3 were there already.",
        "3 brought, 0 were there already.",
    ]
    private_storage().delete(notes[0].file.name)
    with pytest.raises(CommandError, match=notes[0].file.name):
        call_command("files", from_folder=old)


def test_the_command_names_what_no_row_names(bucket, capsys, monkeypatch):
    note, _page = noted(cast.person())
    private_storage().save("proposals/left.pdf", upload())
    call_command("files", "--unnamed", "--delete")
    assert capsys.readouterr().out == "0 that no row names are deleted.\n", "its row may be on its way"
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("files.management.commands.files.timezone.now", lambda: later)
    call_command("files", "--unnamed")
    assert capsys.readouterr().out.splitlines() == ["proposals/left.pdf", "1 that no row names."]
    call_command("files", "--unnamed", "--delete")
    assert bucket.files() == [note.file.name]


def test_a_storage_that_refuses_us_is_named_before_the_start(bucket):
    asked = {"databases": ["default"]}
    assert start_checks.reaches_its_files(**asked) == []
    with storage.documents_lie(storage.address(bucket.port, secret="guessed")):
        assert [one.id for one in start_checks.reaches_its_files(**asked)] == ["station.W004"]
    with storage.documents_lie(storage.address(1)), pytest.raises(StorageIsAway) as away:
        private_storage().exists("any")
    assert "guessed" not in str(away.value)
    assert storage.SECRET not in str(away.value)


@pytest.mark.browser
def test_a_browser_keeps_the_document_under_its_name(page, live_server, client, bucket, complaints, tmp_path):
    """Through our content policy and referrer policy, to another origin."""
    amina = cast.person()
    client.force_login(amina)
    note, _page = noted(amina, "Été 城市 خطة.pdf")
    code = note.proposal.code
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"/proposals/{code}/text/files/")
    with page.expect_download() as download:
        page.get_by_role("link", name=note.name).click()
    assert download.value.suggested_filename == note.name
    kept = tmp_path / "kept.pdf"
    download.value.save_as(kept)
    assert kept.read_bytes() == PDF
    assert Path(urlsplit(download.value.url).path).name == Path(note.file.name).name
    (said,) = complaints  # and no word of the content policy
    assert f"asked another site: http://127.0.0.1:{bucket.port}/" in said
    complaints.clear()
