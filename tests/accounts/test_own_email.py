"""Changing one's own e-mail address."""

import re

import pytest
from django.core.cache import cache

from outbox.models import Letter
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
    assert [address.email for address in amina.emailaddress_set.all()] == ["amina@new.example"]
    note = Letter.objects.get(kind="account_note")
    assert note.to == "amina@old.example"


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
