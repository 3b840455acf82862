import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import NoReverseMatch, include, path, reverse

import learning_station.urls
from demo.one_click import PARTS
from tests import cast

pytestmark = pytest.mark.django_db

urlpatterns = [
    *learning_station.urls.urlpatterns,
    path("", include("demo.urls")),
]
in_the_demonstration = override_settings(DEMO=True, ROOT_URLCONF=__name__)


@pytest.fixture
def people():
    """The cast as the loader makes it, as far as signing in cares."""
    official, coordinator, secretariat, helper, focal_point = (part.email for part in PARTS)
    return {
        "official": cast.person("Nyokabi", email=official),
        "coordinator": cast.coordinator(email=coordinator),
        "secretariat": cast.secretary(email=secretariat),
        "helper": cast.person("Efua", email=helper),
        "focal_point": cast.person("Clarisse", email=focal_point),
    }


def test_outside_of_the_demonstration_there_is_no_such_page(client, people):
    assert not settings.DEMO
    with pytest.raises(NoReverseMatch):
        reverse("demo:sign_in")
    assert client.get("/demo/sign-in/").status_code in (302, 404)
    client.post("/demo/sign-in/", {"as": "secretariat"})
    assert "_auth_user_id" not in client.session


@override_settings(ROOT_URLCONF=__name__)
def test_even_where_the_address_is_known_it_stays_shut_without_the_demonstration(client, people):
    assert client.get("/demo/sign-in/").status_code == 404
    assert client.post("/demo/sign-in/", {"as": "secretariat"}).status_code == 404


@in_the_demonstration
@pytest.mark.parametrize(
    ("part", "leads_to"),
    [
        ("official", "/me/"),
        ("helper", "/me/"),
        ("focal_point", "/me/"),
        ("coordinator", "/admin/"),
        ("secretariat", "/admin/"),
    ],
)
def test_one_click_signs_in_as_one_of_the_cast(client, people, part, leads_to):
    page = client.get("/demo/sign-in/").content.decode()
    assert f'value="{part}"' in page
    assert "_auth_user_id" not in client.session  # a GET signs nobody in
    answer = client.post("/demo/sign-in/", {"as": part})
    assert answer.url == leads_to
    assert client.session["_auth_user_id"] == str(people[part].pk)
    assert people[part].usersession_set.count() == 1  # and is listed among where they are signed in
    assert client.get("/me/").wsgi_request.user == people[part]  # and the next page knows them


@in_the_demonstration
def test_nobody_else_can_be_signed_in_as(client, people):
    cast.person("Somebody", email="somebody@city.example")
    for stranger in ("somebody@city.example", "root", ""):
        assert client.post("/demo/sign-in/", {"as": stranger}).status_code == 422
    assert "_auth_user_id" not in client.session


@in_the_demonstration
def test_where_the_cast_is_missing_it_says_so_and_makes_nobody(client):
    assert "were not loaded" in client.get("/demo/sign-in/").content.decode()
    assert client.post("/demo/sign-in/", {"as": "official"}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_cast_are_those_of_the_content():
    content = Path(settings.BASE_DIR) / "demo" / "content" / "people.toml"
    parts = tomllib.loads(content.read_text(encoding="utf-8"))["cast"]
    assert {part.key: part.email for part in PARTS} == {key: part["email"] for key, part in parts.items()}


@in_the_demonstration
def test_the_sign_in_page_offers_the_cast_with_one_click(client, people):
    page = client.get("/accounts/login/?next=/activities/").text
    assert 'action="/demo/sign-in/"' in page
    for part in PARTS:
        assert f'name="as" value="{part.key}"' in " ".join(page.split())
    answer = client.post("/demo/sign-in/", {"as": "official", "next": "/activities/"})
    assert (answer.status_code, answer["Location"]) == (302, "/activities/")


def test_outside_of_the_demonstration_the_sign_in_page_offers_nobody(client):
    assert "/demo/" not in client.get("/accounts/login/").text
