"""The picture in the form of an activity: what is asked for with it, and that what was chosen is never lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.actions import keep_picture, set_picture
from catalog.models import Activity, Picture, Session
from tests import cast
from tests.sample_pictures import city
from tests.staff.activity_page import change_page, moved_by_a_day, opened, typed_in
from tests.staff.test_browser import sign_in

pytestmark = pytest.mark.django_db

WORDS = {
    "picture_alt_en": "A river between two parks",
    "picture_alt_fr": "Un fleuve entre deux parcs",
    "picture_credit": "Ana Example, CC BY 4.0",
    "picture_link": "https://example.org/river",
}


@pytest.fixture
def secretary() -> User:
    return cast.secretary()


@pytest.fixture
def client(secretary: User) -> Client:
    client = Client()
    client.force_login(secretary)
    return client


def save(client: Client, activity: Activity, **typed: Any) -> Any:
    return client.post(change_page(activity), opened(client, activity) | typed)


def with_picture(by: User) -> Activity:
    activity = cast.session().activity
    alt = {name.removeprefix("picture_alt_"): said for name, said in WORDS.items() if "alt" in name}
    set_picture(
        activity=activity,
        picture=keep_picture(file=city(), by=by),
        alt=alt,
        credit=WORDS["picture_credit"],
        link=WORDS["picture_link"],
        by=by,
    )
    activity.refresh_from_db()
    return activity


def waiting_key(answer: Any, by: User) -> str:
    """What the page would send along instead of the file."""
    key = Picture.objects.waiting_for(by).get().key
    assert f'name="picture_chosen-kept" value="{key}"' in answer.content.decode()
    return key


def test_a_picture_is_saved_with_its_words(client: Client) -> None:
    activity = cast.session().activity
    assert save(client, activity, picture_chosen=city(), **WORDS).status_code == 302
    activity.refresh_from_db()
    assert {name: getattr(activity, name) for name in WORDS} == WORDS
    assert client.get(f"{activity.picture_url}640.webp").status_code == 200
    assert f"{activity.picture_url}640.webp" in client.get(change_page(activity)).content.decode()
    assert save(client, activity).status_code == 302
    activity.refresh_from_db()
    assert activity.picture.key == activity.picture_key


def test_a_new_activity_comes_with_its_picture(client: Client) -> None:
    data = typed_in(client.get(reverse("admin:catalog_activity_add"))) | {
        "title_en": "Night buses",
        "slug": "night-buses",
        "format": "webinar",
        "host": cast.host("seoul").pk,
        "languages": ["en"],
        "sessions-0-meetings_text": "2031-03-01 10:00–11:30",
        "sessions-0-timezone": "Asia/Seoul",
        "picture_chosen": city(),
    }
    answer = client.post(reverse("admin:catalog_activity_add"), data | WORDS)
    assert answer.status_code == 302, answer.context["errors"]
    activity = Activity.objects.get(slug="night-buses")
    assert activity.picture.key == activity.picture_key != ""


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("picture_alt_en", "Say what the picture shows, for those who do not see it."),
        ("picture_credit", "Say whose picture it is."),
    ],
)
def test_a_picture_without_its_words_is_refused_on_their_field(
    client: Client, secretary: User, name: str, sentence: str
) -> None:
    activity = cast.session().activity
    answer = save(client, activity, picture_chosen=city(), **WORDS | {name: " "})
    assert answer.context["adminform"].form.errors == {name: [sentence]}
    activity.refresh_from_db()
    assert activity.picture_key == ""
    # Only the words are asked for again.
    waiting = {"picture_chosen-kept": waiting_key(answer, secretary)}
    assert save(client, activity, **WORDS, **waiting).status_code == 302
    activity.refresh_from_db()
    assert activity.picture.waits_for is None


def test_words_are_not_taken_from_a_picture_that_stays(client: Client, secretary: User) -> None:
    activity = with_picture(secretary)
    answer = save(client, activity, picture_credit="")
    assert answer.context["adminform"].form.errors == {"picture_credit": ["Say whose picture it is."]}


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("city.jpg", b"%PDF-1.7"), "This is no picture that we can read."),
        (city(size=(640, 360)), "This picture has 640 by 360 pixels"),
        (SimpleUploadedFile("city.jpg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024)), "At most 10.0"),
        (SimpleUploadedFile("city.jpg", b""), "This file is empty."),
    ],
    ids=["disguised", "small", "heavy", "empty"],
)
def test_a_bad_file_is_refused_on_its_field_and_the_words_stay(
    client: Client, file: SimpleUploadedFile, sentence: str
) -> None:
    activity = cast.session().activity
    answer = save(client, activity, picture_chosen=file, **WORDS)
    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["picture_chosen"]
    assert sentence in errors["picture_chosen"][0].replace("\xa0", " ")
    assert WORDS["picture_credit"] in answer.content.decode()
    assert not Picture.objects.exists()


def test_an_error_elsewhere_does_not_lose_the_picture(client: Client, secretary: User) -> None:
    activity = cast.session().activity
    answer = save(client, activity, picture_chosen=city(), **WORDS, title_en="")
    assert list(answer.context["adminform"].form.errors) == ["title_en"]
    key = waiting_key(answer, secretary)
    shown = client.get(reverse("waiting_picture", args=[key]))
    assert shown.status_code == 200
    answer = save(client, activity, **WORDS, **{"picture_chosen-kept": key})
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.picture_key == key


@pytest.fixture
def attended() -> Session:
    """A session whose change somebody hears of."""
    session = cast.session()
    cast.register(session)
    return session


@pytest.mark.parametrize("button", ["_told", "_back"])
def test_the_page_that_asks_first_does_not_lose_the_picture(
    client: Client, secretary: User, attended: Session, button: str
) -> None:
    activity = attended.activity
    moved = {"sessions-0-meetings_text": moved_by_a_day(attended)}
    question = save(client, activity, picture_chosen=city(), **WORDS, **moved)
    assert "1 person will be written to" in question.content.decode()
    key = waiting_key(question, secretary)
    again: dict[str, Any] = {}
    for name, value in question.context["typed"]:
        again.setdefault(name, []).append(value)
    answer = client.post(change_page(activity), again | {button: "yes"})
    activity.refresh_from_db()
    if button == "_told":
        assert answer.status_code == 302
        assert activity.picture_key == key
    else:
        assert activity.picture_key == ""
        assert waiting_key(answer, secretary) == key


def test_another_file_takes_the_place_of_the_one_that_waits(client: Client, secretary: User) -> None:
    activity = cast.session().activity
    answer = save(client, activity, picture_chosen=city(), title_en="")
    first = waiting_key(answer, secretary)
    waiting = {"picture_chosen-kept": first}
    answer = save(client, activity, picture_chosen=city("other.png"), **WORDS, **waiting)
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.picture_key not in ("", first)


def test_what_waits_need_not_be_taken(client: Client, secretary: User) -> None:
    activity = with_picture(secretary)
    shown = activity.picture_key
    answer = save(client, activity, picture_chosen=city("other.png"), title_en="")
    assert 'name="picture_chosen-unchosen"' in answer.text
    unchosen = {"picture_chosen-kept": waiting_key(answer, secretary), "picture_chosen-unchosen": "on"}
    answer = save(client, activity, **unchosen, title_en="")
    assert "picture_chosen-kept" not in answer.text  # an error elsewhere does not bring it back
    assert save(client, activity, **unchosen, title_en="As before").status_code == 302
    activity.refresh_from_db()
    assert (activity.picture_key, activity.title_en) == (shown, "As before")


@pytest.mark.parametrize(
    ("said", "warned"), [({}, True), ({"picture_alt_en": "A street full of people"}, False)]
)
def test_a_new_picture_under_old_words_is_pointed_out(
    client: Client, secretary: User, said: dict[str, str], warned: bool
) -> None:
    activity = with_picture(secretary)
    answer = client.post(
        change_page(activity),
        opened(client, activity) | {"picture_chosen": city("other.png")} | said,
        follow=True,
    )
    assert ("was said of the former one" in answer.text) is warned


def test_the_first_picture_is_given_without_a_warning(client: Client) -> None:
    activity = cast.session().activity
    answer = client.post(
        change_page(activity), opened(client, activity) | {"picture_chosen": city()} | WORDS, follow=True
    )
    assert "was said of the former one" not in answer.text


def test_nobody_saves_what_waits_for_somebody_else(client: Client) -> None:
    activity = cast.session().activity
    foreign = keep_picture(file=city(), by=cast.secretary("Ben"))
    answer = save(client, activity, **WORDS, **{"picture_chosen-kept": foreign.key})
    errors = answer.context["adminform"].form.errors
    assert errors == {"picture_chosen": ["The picture was kept for a day only. Choose it again."]}


def test_a_second_click_saves_the_same(client: Client, secretary: User) -> None:
    activity = cast.session().activity
    key = waiting_key(save(client, activity, picture_chosen=city(), **WORDS, title_en=""), secretary)
    for _click in range(2):
        answer = save(client, activity, **WORDS, **{"picture_chosen-kept": key})
        assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.picture_key == key


def test_a_picture_is_removed_with_its_words(client: Client, secretary: User) -> None:
    activity = with_picture(secretary)
    answer = save(client, activity, **{"picture_chosen-goes": "on", "title_en": "Without"})
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert (activity.picture_key, activity.picture_alt_en, activity.picture_alt_fr) == ("", "", "")
    assert (activity.picture_credit, activity.picture_link, activity.title_en) == ("", "", "Without")
    assert not Picture.objects.exists()


def test_who_may_not_change_an_activity_gives_it_no_picture() -> None:
    activity = cast.session(cast.activity(host=cast.host("seoul"))).activity
    for person, status in [
        (cast.coordinator(cast.host("cairo")), 404),
        (cast.reader(), 403),
    ]:
        client = Client()
        client.force_login(person)
        answer = client.post(change_page(activity), WORDS | {"picture_chosen": city()})
        assert answer.status_code == status
    assert not Picture.objects.exists()


def test_who_may_only_look_sees_it(client: Client, secretary: User) -> None:
    activity = with_picture(secretary)
    reader = Client()
    reader.force_login(cast.reader())
    page = reader.get(change_page(activity)).content.decode()
    assert f"{activity.picture_url}640.webp" in page
    assert 'type="file"' not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 390])
def test_a_picture_is_chosen_in_a_browser_and_survives_an_error(
    width: int, open_page: Any, axe: Any, live_server: Any
) -> None:
    page, activity = open_page(width=width, scripts=True), cast.session().activity
    sign_in(page, cast.secretary(), live_server.url)
    page.goto(change_page(activity))
    file = city()
    page.get_by_label("Picture", exact=False).and_(page.locator("input[type=file]")).set_input_files(
        {"name": "city.jpg", "mimeType": "image/jpeg", "buffer": file.read()}
    )
    page.get_by_label("What the picture shows in English").fill("A river between two parks")
    page.locator("[name=_save]").click()
    page.get_by_text("Say whose picture it is.", exact=True).wait_for()
    assert page.get_by_text("Chosen, and not saved yet.").is_visible()
    assert page.locator(".desk-picture img").evaluate("image => image.naturalWidth") == 640
    # All of the form is looked at in test_browser.py.
    axe(page, within="fieldset:has(.desk-picture)" if width == 390 else None)
    page.get_by_label("Credit").fill("Ana Example")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/activity/")
    page.goto(activity.get_absolute_url())
    picture = page.get_by_role("img", name="A river between two parks")
    assert picture.evaluate("image => [image.naturalWidth, image.currentSrc.slice(-8)]") == [640, "640.avif"]
    assert page.get_by_text("Ana Example").is_visible()
    axe(page)
