"""What every answer carries, and what no browser or proxy may store."""

import pytest

from tests import cast

pytestmark = pytest.mark.django_db

PERSONAL = [
    "/me/",
    "/me/data/",
    "/me/calendar/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/activities/",  # with the person's name in its frame
    "/",
    "/nowhere/",
]


@pytest.mark.parametrize("page", PERSONAL)
def test_a_page_of_who_is_signed_in_is_stored_nowhere(client, page):
    client.force_login(cast.person())
    answer = client.get(page)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_what_a_secret_address_opens_is_stored_nowhere(client):
    registration = cast.register(cast.session())
    person = registration.person
    person.calendar_secret = "s" * 43
    person.save()
    for page in (f"/registrations/{registration.code}/", f"/me/calendar/{person.calendar_secret}.ics"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "page", ["/", "/activities/", "/activities/feed.atom", "/robots.txt", "/sitemap.xml"]
)
def test_public_pages_stay_public(client, page):
    assert "public" in client.get(page)["Cache-Control"]


@pytest.mark.parametrize("page", ["/", "/accounts/login/", "/health/", "/nowhere/"])
def test_every_answer_says_what_it_needs_of_a_browser_and_who_may_show_it(client, page):
    answer = client.get(page)
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_pictures_may_be_shown_by_other_pages(client):
    activity = cast.activity()
    assert (
        client.get(f"/activities/{activity.slug}/cover.svg")["Cross-Origin-Resource-Policy"] == "cross-origin"
    )
