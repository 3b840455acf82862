"""Sending through the pages: complete, confirmed, by a person, in time."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from outbox.models import Letter
from proposals.models import Proposal
from tests import cast

from . import making
from .at_the_pages import GIVING, HOW, IDEA, WHO, begin, post, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean_slate():
    cache.clear()  # the limits count across tests
    cast.topic("Mobility")


def test_sent_without_an_account_confirmed_by_the_letter(client):
    proposal = ready(client)
    page = client.get(f"/proposals/{proposal.code}/sending/")
    assert "Bus de nuit" in page.text
    answer = client.post(f"/proposals/{proposal.code}/sending/", follow=True)
    assert "amina@city.example" in answer.text
    proposal.refresh_from_db()
    assert proposal.is_draft
    letter = Letter.objects.get(kind="proposal_confirm")
    link = letter.text.split("http://localhost:8000")[1].split()[0]
    client.cookies.clear()
    asked = client.get(link)
    proposal.refresh_from_db()
    assert (asked.status_code, proposal.state) == (200, "draft")  # a scanner follows links
    followed = client.post(link, follow=True)
    proposal.refresh_from_db()
    assert (followed.status_code, proposal.state) == (200, "submitted")
    assert proposal.code in followed.text
    assert proposal.revisions.get().content["outline"] == "D’abord,\npuis."
    assert proposal.language == "fr"


def test_sent_by_who_is_signed_in_counts_at_once(client):
    amina = cast.person()
    client.force_login(amina)
    proposal = ready(client)
    answer = client.post(f"/proposals/{proposal.code}/sending/", follow=True)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.contact_email) == ("submitted", amina.email)
    assert proposal.code in answer.text
    assert "We have your proposal" in answer.text


def test_what_is_not_complete_is_listed_and_not_sent(client):
    _answer, proposal = begin(client)
    Proposal.objects.update(started_at=timezone.now() - timedelta(hours=1))
    answer = client.post(f"/proposals/{proposal.code}/sending/")
    assert answer.status_code == 422
    assert f"/proposals/{proposal.code}/text/how/?check" in answer.text
    assert not Letter.objects.exists()


def test_programs_are_kept_out_without_puzzles(client):
    answer, proposal = begin(client, website="https://buy.example")
    assert (answer.status_code, proposal) == (422, None)
    # A browser may have filled it for an honest person: they are told, and keep what they typed.
    assert "perhaps by your browser" in answer.text
    assert "Head of Water" in answer.text
    assert "buy.example" not in answer.text
    proposal = ready(client)
    Proposal.objects.update(started_at=timezone.now())
    quick = client.post(f"/proposals/{proposal.code}/sending/")
    assert (quick.status_code, "That was quick" in quick.text) == (422, True)
    Proposal.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    trapped = client.post(f"/proposals/{proposal.code}/sending/", {"website": "x"})
    assert (trapped.status_code, "perhaps by your browser" in trapped.text) == (422, True)
    assert not Letter.objects.exists()


def test_a_closed_call_leaves_the_text_and_a_way_out(client):
    call = making.call()
    page = client.get(f"/proposals/new/form/?call={call.slug}")
    client.post(f"/proposals/new/form/?call={call.slug}", WHO | {"start_key": page.context["page"].start_key})
    proposal = Proposal.objects.get()
    for step, fields in [("idea", IDEA), ("how", HOW), ("giving", GIVING)]:
        post(client, proposal, step, fields)
    now = timezone.now()
    Proposal.objects.update(started_at=now - timedelta(days=1))
    type(call).objects.update(opens_at=now - timedelta(days=3), closes_at=now - timedelta(minutes=30))
    assert "you can still send until" in client.get(f"/proposals/{proposal.code}/sending/").text
    type(call).objects.update(closes_at=now - timedelta(hours=1, minutes=1))
    refused = client.post(f"/proposals/{proposal.code}/sending/")
    assert refused.status_code == 409
    assert "Take it out of the call" in refused.text
    client.post(f"/proposals/{proposal.code}/call/")
    assert client.post(f"/proposals/{proposal.code}/sending/").status_code == 302
