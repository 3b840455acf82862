"""What waits for a person, on top of “My pages”: what ends first comes first."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import my_pages
from accounts.my_pages import Thing
from tests import cast

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def test_what_ends_first_is_next_and_what_has_no_end_comes_after(monkeypatch):
    things = [
        Thing("no end", "", ""),
        Thing("in a week", "", "", until=NOW + 7 * DAY),
        Thing("tomorrow", "", "", until=NOW + DAY),
    ]
    monkeypatch.setattr(my_pages, "_to_do", [lambda person, now: things[:2], lambda person, now: things[2:]])
    words = [thing.words for thing in my_pages.to_do(cast.person(), NOW)]
    assert words == ["tomorrow", "in a week", "no end"]


def test_who_has_said_who_they_are_is_not_asked(client):
    newcomer, known = cast.person("Ben Okafor", profile=False), cast.person()
    assert [thing.button for thing in my_pages.to_do(newcomer, NOW)] == ["Fill in your profile"]
    assert my_pages.to_do(known, NOW) == []


def test_whom_staff_registered_is_asked_whether_the_host_may_see_them():
    registration = cast.register(cast.session())
    assert my_pages.to_do(registration.person, NOW) == []
    registration.discloses = False
    registration.save()
    (thing,) = my_pages.to_do(registration.person, registration.registered_at)
    assert thing.address == registration.get_absolute_url()
    assert thing.until == registration.session.starts_at
    assert my_pages.to_do(registration.person, registration.session.ends_at) == []


def test_the_page_shows_them_on_top(client):
    newcomer = cast.person("Ben Okafor", profile=False)
    client.force_login(newcomer)
    page = client.get("/me/").content.decode()
    assert page.index("What to do next") < page.index("Nothing here yet")
