"""How much may be sent at once: a little by everybody, and the files of an activity by who may save it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from learning_station.addresses import CHECKOUT
from learning_station.bodies import MEGABYTE, MOST, MOST_FOR_STAFF, BodyLimitMiddleware
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def change():
    return reverse("admin:catalog_activity_change", args=[cast.session().activity.pk])


def status(client, address, length) -> int:
    """Of a form that says it is that long; nothing so long need be sent for that. 200 for what is let in."""
    request = RequestFactory().post(address, {"a": "b"}, CONTENT_LENGTH=str(length))
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    return BodyLimitMiddleware(lambda _request: HttpResponse())(request).status_code


def test_the_proxies_hold_the_same():
    caddy, nginx = (CHECKOUT / "deploy" / name for name in ("Caddyfile", "nginx.conf"))
    for most in (MOST, MOST_FOR_STAFF):
        assert f"max_size {most // MEGABYTE}MiB" in caddy.read_text()
        assert f"client_max_body_size {most // MEGABYTE}m;" in nginx.read_text()


@pytest.mark.parametrize("address", ["/activities/", "/accounts/login/", "/admin/hubs/host/add/"])
def test_nobody_sends_more_than_a_document(client, address):
    client.force_login(cast.secretary())
    assert status(client, address, MOST + 1) == 413
    assert status(client, address, MOST) == 200


@pytest.mark.parametrize("made", [cast.person, cast.reader, None])
def test_the_form_of_an_activity_takes_no_more_from_who_may_not_save_it(client, change, made):
    if made:
        client.force_login(made())
    assert status(client, change, MOST + 1) == 413


@pytest.mark.parametrize("made", [cast.secretary, cast.coordinator])
def test_who_may_save_it_sends_files_of_fifty_megabytes(client, change, made):
    client.force_login(made())
    for address in (change, reverse("admin:catalog_activity_add")):
        assert status(client, address, MOST_FOR_STAFF) == 200
        assert status(client, address, MOST_FOR_STAFF + 1) == 413
    assert status(client, f"/fr{change}", MOST + 1) == 200


def test_the_page_says_what_to_do_in_the_readers_language(client, change):
    client.force_login(cast.secretary())
    page = client.post(change, {"a": "b"}, CONTENT_LENGTH=str(MOST_FOR_STAFF + 1))
    assert "larger than the 120.0\xa0MB" in page.text
    assert "Go back: the form has what you typed." in " ".join(page.text.split())
    assert 'lang="fr"' in client.post("/fr/proposals/new/", CONTENT_LENGTH=str(MOST + 1)).text
