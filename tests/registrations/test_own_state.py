"""Lists tell who is signed in what they are registered or waiting for; to everybody else they are the same."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from registrations import actions
from tests import cast

pytestmark = pytest.mark.django_db

PLACE, WAITS = "You are registered", "You are waiting, number 2"


@pytest.fixture
def amina():
    return cast.person("Amina Diallo")


@pytest.fixture
def sessions(amina):
    """Amina has a place in the first, waits as the second in the next, and has nothing to do with the third."""
    has_place, waits, other = (cast.session(cast.activity(f"Number {n}"), places=1) for n in range(3))
    cast.register(has_place, amina)
    for person in (None, None, amina):
        cast.register(waits, person)
    cast.register(other)
    return has_place, waits, other


def card_of(page: str, number: int) -> str:
    (card,) = (piece for piece in page.split("<article")[1:] if f"Number {number}</a>" in piece)
    return card


@pytest.mark.parametrize("name", ["home", "catalog:activities"])
def test_cards_say_what_the_reader_is_registered_and_waiting_for(client, amina, sessions, name):
    cast.session(cast.activity("Leads the front page"), starts_in=cast.timedelta(days=1))
    client.force_login(amina)
    for _remembered in range(2):
        page = client.get(reverse(name)).content.decode()
        assert PLACE in card_of(page, 0)
        assert WAITS in card_of(page, 1)
        assert PLACE not in card_of(page, 2)
        assert page.count("badge-mine") == 2


@pytest.mark.parametrize("name", ["home", "catalog:activities"])
def test_nobody_else_sees_the_marks(client, amina, sessions, name):
    before = client.get(reverse(name)).content
    client.force_login(amina)
    assert b"badge-mine" in client.get(reverse(name)).content
    client.force_login(cast.person("Somebody Else"))
    assert b"badge-mine" not in client.get(reverse(name)).content
    client.logout()
    client.cookies.clear()
    assert client.get(reverse(name)).content == before
    cache.clear()
    assert client.get(reverse(name)).content == before


def test_who_is_invited_is_told_so_and_then_what_they_are(client, amina):
    session = cast.session(cast.activity("Number 7"), eligibility="invited")
    cast.invitation(session, amina.email.upper())
    for reader, is_invited in [(amina, True), (cast.person("Somebody Else"), False)]:
        client.force_login(reader)
        assert ("You are invited" in client.get(reverse("catalog:activities")).text) is is_invited
    cast.register(session, amina)
    client.force_login(amina)
    page = card_of(client.get(reverse("catalog:activities")).text, 7)
    assert PLACE in page
    assert "You are invited" not in page


def test_who_cancelled_is_not_registered(client, amina, sessions):
    for registration in amina.registrations.all():
        actions.cancel(registration=registration, by=amina)
    client.force_login(amina)
    assert b"badge-mine" not in client.get(reverse("catalog:activities")).content


def test_the_marks_cost_one_question_however_many_cards_there_are(client, amina, django_assert_num_queries):
    client.force_login(amina)
    asked = []
    for _more in range(3):
        for _n in range(3):
            cast.register(cast.session(cast.activity("Another")), amina)
        client.get(reverse("catalog:activities"))
        with django_assert_num_queries(4) as queries:  # session, person with organization, list, marks
            client.get(reverse("catalog:activities"))
        asked.append(len(queries))
    assert len(set(asked)) == 1
