"""Links in letters lead on: to the draft on another device, to the door, to saying yes."""

import pytest
from django.core.cache import cache

from outbox.models import Letter
from proposals import tokens
from tests import cast

from . import making
from .at_the_pages import IDEA, begin, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean_slate():
    cache.clear()  # the limits count across tests
    cast.topic("Mobility")


def test_the_link_in_the_letter_opens_the_draft_on_another_device(client):
    _answer, proposal = begin(client)
    client.post(f"/proposals/{proposal.code}/continuation/", {"email": "amina@city.example"})
    letter = Letter.objects.get(kind="proposal_continue")
    link = letter.text.split("http://localhost:8000")[1].split()[0]
    client.cookies.clear()
    client.get(link)
    assert client.get(f"/proposals/{proposal.code}/").status_code == 302  # looking opens nothing
    assert client.post(link, follow=True).status_code == 200
    assert post(client, proposal, "idea", IDEA).status_code == 302


def test_a_link_to_go_on_leads_to_the_door_once_the_draft_belongs_to_an_account(client):
    _answer, proposal = begin(client)
    link = f"/proposals/continuing/{tokens.continuation(proposal)}/"
    amina = cast.person()
    client.force_login(amina)
    post(client, proposal, "idea", IDEA)
    client.logout()
    client.cookies.clear()
    answer = client.post(link, follow=True)
    assert answer.redirect_chain[-1] == (f"/accounts/login/?next=/proposals/{proposal.code}/", 302)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_who_is_asked_says_yes_through_the_letter_and_opens_it(client, language):
    """The letter is in the language of who gets it, where we know it; looking at the page says nothing yet."""
    amina, friend = cast.person("Amina Diallo"), cast.person("Lin Chen", language=language)
    proposal = making.sent(amina)
    client.force_login(amina)
    asked = client.post(f"/proposals/{proposal.code}/co-proposers/", {"email": friend.email.upper()})
    assert asked.status_code == 302
    client.logout()
    letter = Letter.objects.get(kind="proposal_join")
    assert letter.language == language
    link = letter.text.split("http://localhost:8000")[1].split()[0]
    assert link.startswith("/proposals/" if language == "en" else f"/{language}/proposals/")
    page = client.get(link)
    assert page.status_code == 200
    assert "Night buses that people trust" in page.text
    assert not proposal.co_proposers.filter(confirmed_at__isnull=False).exists()
    assert client.post(link).status_code == 302
    assert client.post(link).status_code == 302  # said twice
    client.force_login(friend)
    assert client.get(f"/proposals/{proposal.code}/").status_code == 200
    assert proposal.co_proposers.get().person == friend
