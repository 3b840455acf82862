"""Refusing reminders by the link in the letter."""

import pytest
from django.core import signing
from django.test import Client

from outbox.unsubscribing import token_for
from tests import cast

pytestmark = pytest.mark.django_db


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
