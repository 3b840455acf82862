"""Speakers at the desk: their own pages, and who speaks in the form of an activity."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pictures.small import size_of
from speakers.attention import not_agreed
from speakers.models import Portrait, Speaker
from staff.speaker_form import offer_of
from tests import cast
from tests.sample_pictures import city
from tests.staff.activity_page import change_page, opened, typed_in

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("admin:speakers_speaker_changelist"), reverse("admin:speakers_speaker_add")
TYPED = {"name": "Ada Mensah", "words_en": "Runs buses.", "link": "https://ada.example/", "languages": ["en"]}
AGREED = {"consented_on": "2026-03-03", "consent_how": "by letter, 3 March"}


def as_(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def host():
    return cast.host("seoul")


@pytest.fixture
def client(host):
    return as_(cast.coordinator(host))


def page_of(speaker):
    return reverse("admin:speakers_speaker_change", args=[speaker.pk])


def test_a_coordinator_adds_a_speaker_with_consent_and_picture(client, host):
    data = typed_in(client.get(ADD)) | TYPED | AGREED | {"picture": city()}
    assert data["host"] == str(host.pk)
    answer = client.post(ADD, data)
    assert answer.status_code == 302, answer.context["errors"]
    speaker = Speaker.objects.get()
    assert (speaker.host, speaker.consented_on, speaker.consent_noted_by.name) == (
        host,
        date(2026, 3, 3),
        "Jiwoo Han",
    )
    assert size_of(bytes(speaker.portrait.webp)) == (160, 160)
    assert client.post(page_of(speaker), typed_in(client.get(page_of(speaker)))).status_code == 302
    speaker.refresh_from_db()
    assert speaker.portrait_key, "untouched, the picture stays"
    client.post(page_of(speaker), typed_in(client.get(page_of(speaker))) | {"picture-goes": "on"})
    assert not Portrait.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"link": "http://ada.example/"}, "link"),
        ({"consented_on": "2026-03-03"}, "consent_how"),
        ({"consent_how": "by letter"}, "consented_on"),
        ({"consented_on": "2999-01-01", "consent_how": "by letter"}, "consented_on"),
        ({"name": "…"}, "name"),
        ({"host": ""}, "host"),
    ],
)
def test_what_is_refused_is_said_at_its_field(client, typed, field):
    answer = client.post(ADD, typed_in(client.get(ADD)) | TYPED | typed)
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Speaker.objects.exists()


def test_a_picture_rides_along_when_the_form_comes_back(client):
    typed = typed_in(client.get(ADD)) | TYPED
    answer = client.post(ADD, typed | {"name": "", "picture": city()})
    widget = answer.context["adminform"].form.fields["picture"].input
    assert widget.chosen
    again = answer.text.split('name="picture-carried" value="')[1].split('"')[0]
    assert client.post(ADD, typed | {"picture-carried": again}).status_code == 302
    assert Speaker.objects.get().portrait_key


def test_an_activity_names_a_known_speaker_or_a_new_one(client, host):
    known = cast.speaker(cast.activity("Before"), organization="City of Accra").speaker
    activity = cast.activity()
    form = client.get(change_page(activity))
    assert f'<option value="Ada Mensah, City of Accra [{known.pk}]">' in form.text
    data = opened(client, activity) | {"speakers-0-name": offer_of(known), "speakers-0-role_en": "Moderator"}
    assert client.post(change_page(activity), data).status_code == 302
    assert activity.speakers.get().speaker == known
    data = opened(client, activity) | {
        "speakers-1-name": "Bo Chen",
        "speakers-1-consent_how": "by letter, 3 March",
        "speakers-1-position": "1",
    }
    assert client.post(change_page(activity), data).status_code == 302
    new = activity.speakers.get(position=1).speaker
    assert (new.name, new.host, new.has_agreed) == ("Bo Chen", host, True)


def test_a_known_name_asks_who_is_meant(client):
    known = cast.speaker(cast.activity("Before")).speaker
    activity = cast.activity()
    answer = client.post(change_page(activity), opened(client, activity) | {"speakers-0-name": "ada mensah"})
    assert f"Write “Ada Mensah [{known.pk}]” for the same person" in answer.text
    data = opened(client, activity) | {"speakers-0-name": "Ada Mensah [new]"}
    assert client.post(change_page(activity), data).status_code == 302
    assert Speaker.objects.filter(name="Ada Mensah").count() == 2


def test_speakers_of_other_hosts_are_neither_offered_nor_taken(client):
    other = cast.speaker(cast.activity(host=cast.host("cairo")), "Nour Zaki").speaker
    activity = cast.activity()
    assert "Nour Zaki" not in client.get(change_page(activity)).text
    for mark in (other.pk, 10**11):
        data = opened(client, activity) | {"speakers-0-name": f"Nour Zaki [{mark}]"}
        assert "No speaker has this number" in client.post(change_page(activity), data).text
    assert not activity.speakers.exists()
    assert client.get(page_of(other)).status_code == 404
    assert "Nour Zaki" not in client.get(LIST).text


def test_nobody_deletes_a_speaker_beside_the_step(client):
    speaker = cast.speaker(cast.activity()).speaker
    secretary = as_(cast.secretary())
    assert secretary.post(reverse("admin:speakers_speaker_delete", args=[speaker.pk])).status_code == 403
    assert "delete_selected" not in secretary.get(LIST).text


def test_who_did_not_agree_waits_on_the_first_page_of_the_desk(host):
    cast.session(activity := cast.activity())
    cast.speaker(activity, agreed=False)
    cast.speaker(activity, "Bo Chen")
    card = not_agreed(cast.coordinator(host), timezone.now())
    assert [line.title for line in card.lines] == ["Ada Mensah"]


def test_the_list_filters_and_asks_as_much_for_many_as_for_one(client, django_assert_max_num_queries):
    activity = cast.activity()
    cast.speaker(activity, agreed=False)
    for number in range(3):
        cast.speaker(activity, f"Bo {'Chen' * (number + 1)}")
    with django_assert_max_num_queries(16):
        page = client.get(LIST).text
    assert "Ada Mensah" in page
    assert "Bo Chen" not in client.get(f"{LIST}?agreed=no").text
