"""Changing one's address, and refusing news."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Consent
from outbox.actions import write_letter
from outbox.models import Letter
from outbox.unsubscribing import token_for
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


@pytest.fixture
def amina(client):
    person = cast.person("Amina Diallo", email="amina@old.example")
    client.force_login(person)
    return person


def test_a_new_address_is_taken_once_a_code_proved_it(client, amina, django_capture_on_commit_callbacks):
    asked = client.post("/accounts/email/", {"action_add": "", "email": "Amina@New.example"})
    letter = Letter.objects.get(kind="address_code")
    assert (letter.to, letter.person, letter.secret) == ("amina@new.example", amina, True)
    amina.refresh_from_db()
    assert amina.email == "amina@old.example"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(asked.url, {"code": re.search(r"\d{4}-\d{4}", letter.text)[0]})
    amina.refresh_from_db()
    assert amina.email == "amina@new.example"
    assert [one.email for one in amina.emailaddress_set.all()] == ["amina@new.example"]
    told = Letter.objects.get(kind="account_note")
    assert told.to == "amina@old.example"


def test_an_address_of_somebody_else_is_told_only_to_who_reads_its_letters(client, amina):
    cast.person("Owner", email="owner@city.example")
    taken = client.post("/accounts/email/", {"action_add": "", "email": "owner@city.example"})
    free = client.post("/accounts/email/", {"action_add": "", "email": "free@city.example"})
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    cache.clear()
    client.post("/accounts/email/", {"action_add": "", "email": "owner@city.example"})
    letter = Letter.objects.filter(kind="address_code", to="owner@city.example").latest("pk")
    answer = client.post(taken.url, {"code": re.search(r"\d{4}-\d{4}", letter.text)[0]})
    assert "already" in answer.content.decode()
    amina.refresh_from_db()
    assert amina.email == "amina@old.example"


@pytest.fixture
def reader():
    person = cast.person("Reader")
    Consent.objects.create(person=person, kind=Consent.Kind.NEWS, wording="News, please.")
    return person


def address_for(person):
    return f"/accounts/news/{token_for(person.pk, 'news')}/"


def stands(person):
    return person.consents.filter(kind=Consent.Kind.NEWS, withdrawn_at=None).exists()


def test_the_way_out_of_news_asks_and_then_does(client, reader):
    asks = client.get(address_for(reader))
    assert reader.email in asks.content.decode()
    assert stands(reader)
    done = client.post(address_for(reader))
    assert "no more news" in done.content.decode()
    assert not stands(reader)
    withdrawn = reader.consents.get().withdrawn_at
    client.post(address_for(reader))
    assert reader.consents.get().withdrawn_at == withdrawn
    assert timezone.now() - withdrawn < timedelta(minutes=5)


def test_a_mail_program_presses_the_button_without_a_token_of_ours(reader):
    from django.test import Client

    program = Client(enforce_csrf_checks=True)
    assert program.post(address_for(reader), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not stands(reader)


def test_the_header_of_such_a_letter_leads_there(client, reader):
    letter = write_letter(
        kind="news",
        key="news/1",
        person=reader,
        template="account_note",
        context={"note_subject": "News", "paragraphs": ["Something new."]},
        transactional=False,
    )
    address = letter.headers["List-Unsubscribe"].strip("<>")
    assert client.post(address.partition("8000")[2] or address).status_code == 200
    assert not stands(reader)


def test_only_what_we_signed_is_taken(client, reader):
    for token in ("made-up", token_for(reader.pk, "news")[:-2] + "xx", signing.dumps([reader.pk, "news"])):
        assert client.post(f"/accounts/news/{token}/").status_code == 404
    assert (
        client.get(
            address_for(reader).replace(token_for(reader.pk, "news"), token_for(0, "news"))
        ).status_code
        == 404
    )
    assert stands(reader)
