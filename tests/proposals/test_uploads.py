"""Concept notes: where they lie nobody reaches, and who may not read gets 404. What is taken: tests/files/."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals import actions, errors, tokens
from tests import cast

from . import making

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "files.folder.Folder",
            "OPTIONS": {"location": tmp_path},
        }
    }
    from proposals.models import Attachment

    field = Attachment._meta.get_field("file")
    was = field.storage
    from hubs.storage import private_storage

    field.storage = private_storage()
    yield tmp_path
    field.storage = was


def file(name: str, body: bytes, kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, content_type=kind)


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
