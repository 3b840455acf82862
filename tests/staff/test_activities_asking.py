"""The one screen of an activity: when it asks first, because people are written to."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Activity, Session
from outbox.models import Letter
from registrations.models import Registration
from staff.sessions import meeting_lines
from tests import cast
from tests.staff.activity_page import change_page, moved_by_a_day, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


@pytest.fixture
def full(client: Client) -> Iterator[Session]:
    """One place taken by a French speaker, one Spanish and one English speaker waiting."""
    session = cast.session(places=1)
    for language in ("fr", "es", "en"):
        cast.register(session, cast.person(f"Reads {language}", language=language))
    session.refresh_from_db()
    return session


def test_a_new_time_asks_first_and_says_who_is_written_to(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {
        "sessions-0-meetings_text": moved_by_a_day(full),
        "title_en": "Newer",
    }
    letters = Letter.objects.count()
    question = client.post(change_page(full.activity), data | {"_save": "Save"})
    assert question.status_code == 200
    text = question.content.decode()
    assert "3 people will be written to" in text
    for language in ("French 1", "Spanish 1", "English 1"):
        assert language in text
    unsaved = Session.objects.get(pk=full.pk)
    assert unsaved.starts_at == full.starts_at
    assert Letter.objects.count() == letters
    assert Activity.objects.get(pk=full.activity_id).title_en != "Newer"

    sent = dict(question.context["typed"]) | {"_told": "yes"}
    assert client.post(change_page(full.activity), data | sent).status_code == 302
    assert Session.objects.get(pk=full.pk).starts_at == full.starts_at + timedelta(days=1)
    assert Letter.objects.count() == letters + 3
    assert Activity.objects.get(pk=full.activity_id).title_en == "Newer"


def test_back_from_the_question_keeps_what_was_typed(client: Client, full: Session) -> None:
    text = moved_by_a_day(full)
    data = opened(client, full.activity) | {"sessions-0-meetings_text": text}
    answer = client.post(change_page(full.activity), data | {"_back": "yes"})
    assert answer.status_code == 200
    assert "Nothing is saved yet." in answer.content.decode()
    assert text.split("–")[0] in answer.content.decode()
    assert Session.objects.get(pk=full.pk).starts_at == full.starts_at


def test_more_places_let_in_who_waits_after_asking(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-places": 2}
    question = client.post(change_page(full.activity), data)
    assert "1 person will be written to: Spanish 1" in question.content.decode()
    assert client.post(change_page(full.activity), data | {"_told": "yes"}).status_code == 302
    assert list(full.registrations.confirmed().values_list("person__name", flat=True)) == [
        "Reads fr",
        "Reads es",
    ]


def test_fewer_places_throw_nobody_out_and_ask_nothing(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-places": 0}
    assert client.post(change_page(full.activity), data).status_code == 302
    session = Session.objects.get(pk=full.pk)
    assert (session.places, session.places_taken, session.is_overbooked) == (0, 1, True)


def test_a_joining_link_nobody_has_seen_yet_is_saved_without_a_letter(client: Client, full: Session) -> None:
    letters = Letter.objects.count()
    data = opened(client, full.activity) | {"sessions-0-joining_link": "https://meet.example/other"}
    assert client.post(change_page(full.activity), data).status_code == 302
    assert Session.objects.get(pk=full.pk).joining_link == "https://meet.example/other"
    assert Letter.objects.count() == letters


def test_another_time_zone_moves_the_session(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-timezone": "Europe/Madrid"}
    assert "3 people will be written to" in client.post(change_page(full.activity), data).content.decode()
    assert client.post(change_page(full.activity), data | {"_told": "yes"}).status_code == 302
    session = Session.objects.get(pk=full.pk)
    assert session.timezone == "Europe/Madrid"
    before, after = full.starts_at.astimezone(full.zone), session.starts_at.astimezone(session.zone)
    assert f"{before:%Y-%m-%d %H:%M}" == f"{after:%Y-%m-%d %H:%M}"


def test_a_session_with_registrations_is_not_deleted(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-DELETE": "on"}
    answer = client.post(change_page(full.activity), data)
    assert answer.status_code == 200
    assert Session.objects.filter(pk=full.pk).exists()
    assert Registration.objects.filter(session=full).count() == 3


def test_the_page_that_asks_asks_why_a_meeting_is_dropped(client: Client) -> None:
    first = (timezone.now() + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    days = [first + timedelta(days=number) for number in range(2)]
    session = cast.session(meetings=[(day, day + timedelta(hours=1), "") for day in days])
    cast.register(session)
    page = change_page(session.activity)
    last_alone = meeting_lines.write([session.meetings.last()], session.zone)
    data = opened(client, session.activity) | {"sessions-0-meetings_text": last_alone}
    assert 'name="sessions-0-why-reason_en"' in client.post(page, data).text
    refused = client.post(page, data | {"_told": "yes", "sessions-0-why-reason_fr": "Incendie"})
    assert refused.status_code == 422
    assert "Incendie" in refused.text
    assert session.meetings.count() == 2
    said = client.post(page, data | {"_told": "yes", "sessions-0-why-reason_en": "It burned down."})
    assert said.status_code == 302
    assert session.meetings.count() == 1
    assert "The reason: It burned down." in Letter.objects.get(kind="session_changed").text
