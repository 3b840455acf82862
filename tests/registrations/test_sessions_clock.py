"""Whose clock a session has: its host's, unless somebody says otherwise; and it is told before all see it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Session
from tests import cast
from tests.staff.activity_page import change_page, typed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/catalog/activity/add/"
NINE = datetime(2036, 3, 4, 9, 0)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def new(client: Client, **typed: object) -> dict:
    page = client.get(ADD)
    assert page.context["inline_admin_formsets"][0].formset.forms[0]["timezone"].value() in (None, "")
    return typed_in(page) | {
        "title_en": "Night buses",
        "slug": "night-buses",
        "format": "in_person_program",
        "languages": ["en"],
        "sessions-0-meetings_text": "2036-03-04 09:00–11:00",
        **typed,
    }


@pytest.mark.parametrize("slug", ["cairo", "seoul"])
def test_a_new_session_has_the_clock_of_the_host_that_is_chosen(client, slug):
    host = cast.host(slug)
    assert client.post(ADD, new(client, host=host.pk)).status_code == 302
    session = Session.objects.get()
    assert session.timezone == host.timezone
    assert session.starts_at.astimezone(host.zone).replace(tzinfo=None) == NINE


def test_a_coordinators_new_session_has_the_clock_of_their_host(client):
    host = cast.host("chengdu")
    client.force_login(cast.coordinator(host))
    assert client.post(ADD, new(client)).status_code == 302
    assert Session.objects.get().timezone == host.timezone


def test_without_a_host_the_clock_is_asked_for(client):
    refused = client.post(ADD, new(client, offered_by="The city of Elsewhere"))
    assert "Choose a time zone: there is no host whose clock it could be." in refused.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize(("published", "zone"), [(False, "Africa/Cairo"), (True, "Asia/Seoul")])
def test_a_draft_that_goes_to_another_host_goes_to_its_clock(client, published, zone):
    cairo = cast.host("cairo", timezone="Africa/Cairo")
    session = cast.session(
        cast.activity(published=published), starts_at=NINE.replace(tzinfo=UTC) - timedelta(hours=9)
    )
    page = change_page(session.activity)
    assert client.post(page, typed_in(client.get(page)) | {"host": cairo.pk}).status_code == 302
    session.refresh_from_db()
    assert session.timezone == zone
    assert session.meetings.get().starts_at.astimezone(session.zone).replace(tzinfo=None) == NINE


def test_before_publishing_place_and_clock_are_told_and_that_it_is_not_the_hosts(client):
    of = cast.activity(host=cast.host("cairo", timezone="Africa/Cairo"), published=False)
    at = datetime(2036, 3, 4, 7, 0, tzinfo=UTC)
    cast.session(of, starts_at=at, venue="City Hall")
    cast.session(of, starts_at=at + timedelta(days=7), timezone="Africa/Abidjan")
    asked = client.get(f"{reverse('admin:catalog_activity_publication')}?ids={of.pk}").content.decode()
    assert "It begins Tue 2036-03-04 09:00 (Africa/Cairo), at: City Hall, and online." in asked
    assert "It begins Tue 2036-03-11 07:00 (Africa/Abidjan), at: online." in asked
    assert asked.count("This is not the clock of the host") == 1
    assert "where it is then Tue 2036-03-11 09:00 (Africa/Cairo)" in asked
