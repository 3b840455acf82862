"""Materials in the form of an activity: a link or a file, kept when something else is wrong, refused in words."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from catalog.models import Activity, Material
from files.keeping import UNSAVED_WAIT, forget_unsaved, waiting_for
from files.models import KeptFile
from staff.material_form import keep_material
from tests import cast
from tests.documents import MP4, PDF
from tests.hubs.files import files_in
from tests.staff.activity_page import change_page, moved_by_a_day, opened, typed_in

pytestmark = pytest.mark.django_db

TITLE, LINK, FILE = "materials-0-title_en", "materials-0-link", "materials-0-file_chosen"
KEPT, GOES, UNCHOSEN = f"{FILE}-kept", f"{FILE}-goes", f"{FILE}-unchosen"


@pytest.fixture(autouse=True)
def folder(tmp_path):
    with files_in(tmp_path):
        yield tmp_path


@pytest.fixture
def secretary() -> User:
    return cast.secretary()


@pytest.fixture
def client(secretary: User) -> Client:
    client = Client()
    client.force_login(secretary)
    return client


@pytest.fixture
def activity() -> Activity:
    return cast.session().activity


def slides(name: str = "Fahrplan Nacht.pdf", body: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def save(client: Client, activity: Activity, **typed: Any) -> Any:
    data = opened(client, activity) | {TITLE: "Slides"}
    return client.post(
        change_page(activity), data | {name.replace("__", "-"): v for name, v in typed.items()}
    )


def stored(folder: Any) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def read(client: Client, material: Material) -> bytes:
    return b"".join(client.get(material.address).streaming_content)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_saved_changed_and_gives_way_to_a_link(client, activity, folder):
    said = {
        "materials-0-kind": "recording",
        "materials-0-meant_for": "after",
        "materials-0-shown_to": "attended",
    }
    data = opened(client, activity) | {TITLE: "Film", FILE: slides("film.mp4", MP4)} | said
    assert client.post(change_page(activity), data).status_code == 302
    material = activity.materials.get()
    assert (material.kind, material.meant_for, material.shown_to) == ("recording", "after", "attended")
    assert (material.file_name, material.file_size, material.link) == ("film.mp4", len(MP4), "")
    assert stored(folder) == [material.file.name], "and nothing waits any more"
    assert read(client, material) == MP4
    page = client.get(change_page(activity)).text
    assert material.address in page
    assert "film.mp4" in page

    assert save(client, activity, **{FILE: slides()}).status_code == 302
    material = activity.materials.get()
    assert material.file_name == "Fahrplan Nacht.pdf"
    assert stored(folder) == [material.file.name]
    assert save(client, activity).status_code == 302, "without a change nothing changes"
    assert activity.materials.get().file == material.file

    both = save(client, activity, **{LINK: "https://example.org/film"})
    assert "There is a file, too. Empty the link, or take the file away." in both.text
    assert save(client, activity, **{LINK: "https://example.org/film", GOES: "on"}).status_code == 302
    material = activity.materials.get()
    assert (material.link, material.file, material.file_name, material.file_size) == (
        "https://example.org/film",
        "",
        "",
        0,
    )
    assert stored(folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_with_its_material_its_session_and_its_draft(client, folder, secretary):
    for gone in ("material", "session", "draft"):
        activity = cast.activity(gone, published=False)
        session = cast.session(activity)
        kept = keep_material(file=slides(), by=secretary, now=timezone.now())
        Material.objects.create(
            activity=activity, session=session, title="x", file=kept.file.name, file_name="x.pdf"
        )
        kept.delete()
        assert len(stored(folder)) == 1
        match gone:
            case "material":
                data = opened(client, activity) | {"materials-0-DELETE": "on"}
                assert client.post(change_page(activity), data).status_code == 302
            case "session":
                session.delete()
            case "draft":
                from catalog.actions import delete_draft

                delete_draft(activity=activity, by=secretary)
        assert stored(folder) == []


def test_an_error_elsewhere_costs_nobody_the_file(client, activity, secretary):
    answer = save(client, activity, **{FILE: slides(), "title_en": ""})
    assert answer.status_code == 200
    kept = waiting_for(secretary).get()
    assert f'name="{KEPT}" value="{kept.key}"' in answer.text
    assert "Fahrplan Nacht.pdf" in answer.text
    assert "Chosen, and not saved yet." in answer.text
    assert 'value="Slides"' in answer.text
    assert save(client, activity, **{KEPT: kept.key}).status_code == 302
    assert activity.materials.get().file_name == "Fahrplan Nacht.pdf"
    assert not KeptFile.objects.exists()


def test_what_was_chosen_may_be_left_again(client, activity, secretary):
    kept = keep_material(file=slides(), by=secretary, now=timezone.now())
    answer = save(client, activity, **{KEPT: kept.key, UNCHOSEN: "on"})
    assert "Give a link, or choose a file." in answer.text
    link = {LINK: "https://example.org/x"}
    assert save(client, activity, **{KEPT: kept.key, UNCHOSEN: "on"}, **link).status_code == 302
    assert activity.materials.get().link == "https://example.org/x"


def test_nobody_takes_a_file_that_waits_for_another_or_was_kept_too_long(client, activity, secretary):
    theirs = keep_material(file=slides(), by=cast.coordinator(), now=timezone.now())
    assert "The file was kept for a day only." in save(client, activity, **{KEPT: theirs.key}).text
    later = timezone.now() + UNSAVED_WAIT
    assert forget_unsaved(now=later - UNSAVED_WAIT / 24) == 0
    assert forget_unsaved(now=later) == 1
    assert not KeptFile.objects.exists()


def test_the_page_that_asks_first_carries_the_file(client, secretary):
    session = cast.session(places=5)
    cast.register(session)
    moved = {"sessions-0-meetings_text": moved_by_a_day(session)}
    data = opened(client, session.activity) | moved | {TITLE: "Slides", FILE: slides()}
    asks = client.post(change_page(session.activity), data)
    assert "Save, and write to people?" in asks.text
    kept = waiting_for(secretary).get()
    fields = [(name, value) for name, value in asks.context["typed"] if name.startswith(FILE)]
    assert (KEPT, kept.key) in fields
    sent = dict(asks.context["typed"]) | {"_told": "1"}
    back = client.post(change_page(session.activity), dict(asks.context["typed"]) | {"_back": "1"})
    assert f'name="{KEPT}" value="{kept.key}"' in back.text
    assert client.post(change_page(session.activity), sent).status_code == 302
    assert session.activity.materials.get().file_name == "Fahrplan Nacht.pdf"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (slides("setup.exe", b"MZ"), "Files of this kind are not taken."),
        (slides("film.mov", MP4), "Files of this kind are not taken."),
        (slides("a.pdf", b"MZ"), "its content is something else"),
        (slides("a.pdf", b""), "This file is empty"),
    ],
)
def test_what_is_refused_is_said_in_words_and_the_rest_stays_typed(client, activity, file, sentence):
    file.seek(0)
    answer = save(client, activity, **{FILE: file, "materials-0-shown_to": "attended"})
    assert answer.status_code == 200
    assert sentence in answer.text
    assert 'value="Slides"' in answer.text
    assert 'value="attended" selected' in answer.text
    assert not KeptFile.objects.exists()


def test_what_is_too_large_is_better_a_link(client, activity, monkeypatch):
    monkeypatch.setattr("staff.material_form.LARGEST_MATERIAL", 100)
    answer = save(client, activity, **{FILE: slides(body=PDF + b"0" * 100)})
    assert "At most 100\xa0bytes can be kept" in answer.text
    assert "A long recording is given as a link." in answer.text
    assert 'data-largest="100"' in answer.text


def test_the_same_file_again_is_looked_at_once(secretary, monkeypatch):
    first = keep_material(file=slides(), by=secretary, now=timezone.now())
    monkeypatch.setattr("files.keeping.checked", None)
    again = keep_material(file=slides("Again.pdf"), by=secretary, now=timezone.now())
    assert (again.pk, again.file.name, again.file_name) == (first.pk, first.file.name, "Again.pdf")


def test_for_those_who_attended_a_session_needs_meetings(client, activity):
    alone = cast.session(self_paced=True)
    data = opened(client, alone.activity) | {
        TITLE: "Film",
        LINK: "https://example.org/x",
        "materials-0-shown_to": "attended",
        "materials-0-session": alone.pk,
    }
    assert "nobody notes who was there" in client.post(change_page(alone.activity), data).text


def test_a_new_activity_comes_with_its_file(client):
    data = typed_in(client.get(reverse("admin:catalog_activity_add"))) | {
        "title_en": "Night buses",
        "slug": "night-buses",
        "format": "webinar",
        "host": cast.host("seoul").pk,
        "languages": ["en"],
        "sessions-0-timezone": "Asia/Seoul",
        "sessions-0-meetings_text": "2031-03-01 10:00–11:30",
        TITLE: "Slides",
        FILE: slides(),
    }
    assert client.post(reverse("admin:catalog_activity_add"), data).status_code == 302
    assert Activity.objects.get(slug="night-buses").materials.get().file_name == "Fahrplan Nacht.pdf"


def test_a_reader_sees_which_file_and_changes_none(client, activity, secretary):
    save(client, activity, **{FILE: slides()})
    client.force_login(cast.reader())
    page = client.get(change_page(activity)).text
    assert activity.materials.get().address in page
    assert "Fahrplan Nacht.pdf" in page
    assert 'type="file"' not in page


def test_the_history_names_the_file_and_not_where_it_lies(client, activity):
    save(client, activity, **{FILE: slides()})
    save(client, activity, **{FILE: slides("Other.pdf", PDF + b"2")})
    page = client.get(reverse("admin:catalog_activity_history", args=[activity.pk])).text
    assert "Other.pdf" in page
    assert activity.materials.get().file.name not in page
