"""Writing to a host, and what keeps spam out."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from hubs.forms import new_stamp
from outbox.models import Letter
from tests import cast

pytestmark = pytest.mark.django_db

ADDRESS = "/hubs/chengdu/message/"


@pytest.fixture(autouse=True)
def hub():
    cache.clear()
    return cast.host("chengdu")


def typed(**facts) -> dict[str, str]:
    """As a person would: the form was opened ten seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10), tick=False):
        stamp = new_stamp()
    return {
        "sender": "Ana Lobo",
        "sender_address": "ana@city.example",
        "text": "We would like to join.\nWhen?",
        "website": "",
        "stamp": stamp,
    } | facts


def test_a_message_reaches_the_host_and_answers_reach_the_sender(client, hub):
    assert client.get(ADDRESS).status_code == 200
    response = client.post(ADDRESS, typed())
    assert (response.status_code, response.url) == (302, "/hubs/chengdu/")
    letter = Letter.objects.get()
    assert (letter.to, letter.reply_to, letter.subject) == (
        hub.email,
        "ana@city.example",
        "A message to Metropolis Learning Hub Chengdu from Ana Lobo",
    )
    assert "We would like to join.\nWhen?" in letter.text
    assert "Your message is on its way" in client.get("/hubs/chengdu/").text


def test_centers_are_written_to_as_well(client):
    cast.host("cairo")
    client.post("/centers/cairo/message/", typed())
    assert Letter.objects.get().to == "cairo@host.example"


def test_without_an_address_of_its_own_its_coordinators_read_it_and_else_the_secretariat(client, hub):
    hub.email = ""
    hub.save()
    secretary = cast.secretary()
    client.post(ADDRESS, typed())
    assert [letter.to for letter in Letter.objects.all()] == [secretary.email]
    coordinator = cast.coordinator(hub)
    client.post(ADDRESS, typed())
    assert Letter.objects.order_by("-pk")[0].to == coordinator.email


def test_a_second_click_sends_nothing_more(client):
    facts = typed()
    for _click in range(2):
        assert client.post(ADDRESS, facts).status_code == 302
    assert Letter.objects.count() == 1


def test_who_fills_the_field_that_people_do_not_see_is_thanked_and_not_heard(client):
    response = client.post(ADDRESS, typed(website="https://spam.example"))
    assert response.status_code == 302
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"stamp": "made-up"}, "This form was open for too long."),
        ({"sender_address": "ana@"}, "Enter a valid email address."),
        ({"text": "https://a.example " * 4}, "Messages with many links are not passed on."),
        ({"text": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, facts, sentence):
    response = client.post(ADDRESS, typed(**facts))
    assert response.status_code == 422
    assert sentence in response.text
    assert "Ana Lobo" in response.text
    assert not Letter.objects.exists()


def test_programs_are_faster_than_people(client):
    response = client.post(ADDRESS, typed(stamp=new_stamp()))
    assert response.status_code == 422
    assert "That was very fast." in response.text
    assert not Letter.objects.exists()


def test_a_form_left_open_overnight_can_be_sent_again_as_it_is(client):
    with time_machine.travel(timezone.now() - timedelta(hours=13), tick=False):
        stamp = new_stamp()
    response = client.post(ADDRESS, typed(stamp=stamp))
    assert response.status_code == 422
    fresh = response.context["form"]["stamp"].value()
    assert fresh != stamp
    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=False):
        assert client.post(ADDRESS, typed(stamp=fresh)).status_code == 302


def test_five_messages_an_hour_from_one_writer_and_many_from_one_network(client):
    for _message in range(5):
        assert client.post(ADDRESS, typed()).status_code == 302
    response = client.post(ADDRESS, typed())
    assert response.status_code == 429
    assert "Yours is below: send it in an hour." in response.text
    assert "We would like to join." in response.text
    assert Letter.objects.count() == 5
    assert client.post(ADDRESS, typed(sender_address="the.next@city.example")).status_code == 302


def test_a_name_cannot_begin_another_header(client):
    client.post(ADDRESS, typed(sender="Ana\r\nBcc: all@city.example"))
    assert "\n" not in Letter.objects.get().subject


def test_the_secretariat_has_no_such_page(client):
    cast.host("secretariat-general")
    assert client.get("/centers/secretariat-general/message/").status_code == 404


def test_who_is_signed_in_need_not_type_who_they_are(client):
    person = cast.person("Amina Diallo")
    client.force_login(person)
    page = client.get(ADDRESS).text
    assert 'value="Amina Diallo"' in page
    assert f'value="{person.email}"' in page


def test_who_signs_in_elsewhere_meanwhile_loses_nothing():
    """Django's token is renewed at each signing in; the form's own stamp is not."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(ADDRESS)
    browser.force_login(cast.person("Amina Diallo"))
    assert browser.post(ADDRESS, typed()).status_code == 302
    assert Letter.objects.count() == 1


def test_a_form_of_another_site_is_not_ours():
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(ADDRESS, typed(stamp="")).status_code == 422
    assert not Letter.objects.exists()
