"""Changing one's own e-mail address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from merging.actions import merge_people
from merging.undoing import undo_merge
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


# After two accounts were made one


@pytest.fixture
def merged(amina):
    gone = cast.person("A. Diallo", email="a.diallo@city.example")
    return merge_people(kept=amina, gone=gone, by=cast.secretary())


def of(person):
    rows = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "email")
    return list(rows.values_list("email", "primary"))


def test_an_address_that_came_with_another_account_becomes_the_main_one_and_the_other_stays(
    client, amina, merged
):
    assert "a.diallo@city.example" in client.get("/accounts/email/").content.decode()
    client.post("/accounts/email/", {"action_primary": "", "email": "a.diallo@city.example"})
    amina.refresh_from_db()
    assert amina.email == "a.diallo@city.example"
    assert of(amina) == [("a.diallo@city.example", True), ("amina@old.example", False)]
    assert Letter.objects.get(kind="account_note").to == "amina@old.example"


def test_it_stays_a_way_in_when_the_main_one_is_changed_until_it_is_removed(client, amina, merged):
    asked = client.post("/accounts/email/", {"action_add": "", "email": "amina@new.example"})
    code = re.search(r"\d{4}-\d{4}", Letter.objects.get(kind="address_code").text)[0]
    client.post(asked.url, {"code": code})
    assert of(amina) == [("amina@new.example", True), ("a.diallo@city.example", False)]
    notes = Letter.objects.filter(kind="account_note")
    assert [letter.to for letter in notes] == ["amina@old.example"]

    client.post("/accounts/email/", {"action_remove": "", "email": "a.diallo@city.example"})
    assert of(amina) == [("amina@new.example", True)]
    assert "Your other addresses" not in client.get("/accounts/email/").content.decode()


def test_undone_each_has_an_address_of_their_own_again(client, amina, merged):
    client.post("/accounts/email/", {"action_primary": "", "email": "a.diallo@city.example"})
    assert undo_merge(merge=merged, by=cast.secretary("Another")) == []
    amina.refresh_from_db()
    assert amina.email == "amina@old.example"
    assert of(amina) == [("amina@old.example", True)]
    assert of(merged.gone_person) == [("a.diallo@city.example", True)]


def test_undone_the_only_address_of_who_stays_is_not_taken(client, amina, merged):
    client.post("/accounts/email/", {"action_primary": "", "email": "a.diallo@city.example"})
    client.post("/accounts/email/", {"action_remove": "", "email": "amina@old.example"})
    assert undo_merge(merge=merged, by=cast.secretary("Another"))
    amina.refresh_from_db()
    assert amina.email == "a.diallo@city.example"
    assert of(amina) == [("a.diallo@city.example", True)]
