"""Changing one's address, and refusing reminders."""

import re

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

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
    return cast.person("Reader")


def address_for(person):
    return f"/accounts/reminders/{token_for(person.pk, 'reminder')}/"


def wants_them(person):
    person.refresh_from_db()
    return person.reminders


def test_the_way_out_of_reminders_asks_and_then_does(client, reader):
    asks = client.get(address_for(reader))
    assert reader.email in asks.content.decode()
    assert wants_them(reader)
    for _again in range(2):
        done = client.post(address_for(reader))
        assert "no longer send" in done.content.decode()
        assert not wants_them(reader)


def test_a_mail_program_presses_the_button_without_a_token_of_ours(reader):
    program = Client(enforce_csrf_checks=True)
    assert program.post(address_for(reader), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not wants_them(reader)


def test_only_what_we_signed_is_taken(client, reader):
    signed = token_for(reader.pk, "reminder")
    for token in (
        "made-up",
        signed[:-2] + "xx",
        signing.dumps([reader.pk, "reminder"]),
        token_for(0, "reminder"),
        token_for(reader.pk, "confirmation"),  # what tells of one's own deed is not refused
    ):
        assert client.post(f"/accounts/reminders/{token}/").status_code == 404
    assert wants_them(reader)
