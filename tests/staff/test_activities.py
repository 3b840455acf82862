"""The one screen of an activity: what it saves."""

from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Activity, Session
from outbox.models import Letter
from staff.sessions import meeting_lines
from tests import cast
from tests.staff.activity_page import change_page, opened, typed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def test_saving_without_a_change_changes_nothing(client: Client) -> None:
    session = cast.session(places=5)
    activity = session.activity
    cast.register(session)
    before = Session.objects.filter(pk=session.pk).values().get()
    meetings = list(session.meetings.values_list("pk", "starts_at"))
    letters = Letter.objects.count()
    answer = client.post(change_page(activity), opened(client, activity) | {"_save": "Save"})
    assert answer.status_code == 302
    assert Session.objects.filter(pk=session.pk).values().get() == before
    assert list(session.meetings.values_list("pk", "starts_at")) == meetings
    assert Letter.objects.count() == letters


def test_words_are_saved_in_three_languages_and_found_by_search(client: Client) -> None:
    activity = cast.session().activity
    data = opened(client, activity) | {
        "title_fr": "L’eau dans la ville dense",
        "description_en": "A **bold** plan.",
    }
    assert client.post(change_page(activity), data).status_code == 302
    activity.refresh_from_db()
    assert activity.title_fr == "L’eau dans la ville dense"
    assert "<strong>bold</strong>" in activity.description_html_en
    assert Activity.objects.filter(pk=activity.pk, search_vector="dense").exists()


def test_a_new_activity_with_its_session_meetings_speakers_and_materials(client: Client) -> None:
    host = cast.host("seoul")
    data = typed_in(client.get(reverse("admin:catalog_activity_add"))) | {
        "title_en": "Night buses",
        "slug": "night-buses",
        "format": "webinar",
        "host": host.pk,
        "languages": ["en", "ko"],
        "sessions-0-timezone": "Asia/Seoul",
        "sessions-0-meetings_text": "2031-03-01 10:00–11:30 First | Premier\r\n2031-03-08 10:00–11:30",
        "speakers-0-name": "Ada Mensah",
        "materials-0-title_en": "Map",
        "materials-0-link": "https://example.org/map",
    }
    answer = client.post(reverse("admin:catalog_activity_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    activity = Activity.objects.get(slug="night-buses")
    session = activity.sessions.get()
    assert meeting_lines.write(session.meetings.all(), session.zone) == (
        "2031-03-01 10:00–11:30 First | Premier\n2031-03-08 10:00–11:30"
    )
    assert (session.starts_at, session.ends_at) == (
        session.meetings.first().starts_at,
        session.meetings.last().ends_at,
    )
    assert activity.ends_at == session.ends_at
    assert (activity.speakers.get().name, activity.materials.get().title) == ("Ada Mensah", "Map")
    assert not activity.is_public


def test_errors_name_the_line_and_keep_what_was_typed(client: Client) -> None:
    session = cast.session()
    data = opened(client, session.activity)
    data["sessions-0-meetings_text"] = "2031-03-01 10:00–11:30\r\nnext week"
    answer = client.post(change_page(session.activity), data)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Line 2: “next week” is no meeting" in text
    assert "next week</textarea>" in text


def test_times_are_typed_and_shown_on_the_sessions_clock(client: Client) -> None:
    session = cast.session(cast.activity(host=cast.host("mashhad")))
    data = opened(client, session.activity)
    data["sessions-0-registration_opens_at"] = "2026-01-05T09:30"
    assert client.post(change_page(session.activity), data).status_code == 302
    session.refresh_from_db()
    assert session.registration_opens_at.isoformat() == "2026-01-05T06:00:00+00:00"
    assert opened(client, session.activity)["sessions-0-registration_opens_at"] == "2026-01-05T09:30"


def test_what_is_over_keeps_its_times_and_may_still_be_worded(client: Client) -> None:
    now = timezone.now()
    session = cast.session(starts_at=now - timedelta(days=3))
    data = opened(client, session.activity)
    data |= {"sessions-0-label_en": "Winter edition", "sessions-0-meetings_text": "2031-01-01 10:00–11:00"}
    assert client.post(change_page(session.activity), data).status_code == 302
    after = Session.objects.get(pk=session.pk)
    assert (after.label_en, after.starts_at) == ("Winter edition", session.starts_at)


def test_a_self_paced_session_has_a_window_instead_of_meetings(client: Client) -> None:
    data = typed_in(client.get(reverse("admin:catalog_activity_add"))) | {
        "title_en": "Slow course",
        "slug": "slow-course",
        "format": "online_course",
        "host": cast.host("cairo").pk,
        "sessions-0-timezone": "Africa/Cairo",
        "sessions-0-self_paced": "on",
        "sessions-0-starts_at": "2031-05-01T09:00",
        "sessions-0-ends_at": "2031-04-01T09:00",
    }
    add = reverse("admin:catalog_activity_add")
    assert "The window closes before it opens." in client.post(add, data).content.decode()
    assert client.post(add, data | {"sessions-0-ends_at": "2031-06-01T09:00"}).status_code == 302
    session = Session.objects.get(activity__slug="slow-course")
    assert session.starts_at.astimezone(session.zone).strftime("%Y-%m-%d %H:%M") == "2031-05-01 09:00"
    assert not session.meetings.exists()


def test_history_tells_who_changed_what_also_of_the_parts(client: Client) -> None:
    session = cast.session(joining_link="https://meet.example/secret-room")
    activity = session.activity
    data = opened(client, activity) | {
        "title_en": "Another title",
        "sessions-0-label_en": "March edition",
        "sessions-0-joining_link": "https://meet.example/secret-door",
        "speakers-0-name": "Ada Mensah",
    }
    assert client.post(change_page(activity), data).status_code == 302
    page = client.get(reverse("admin:catalog_activity_history", args=[activity.pk])).content.decode()
    for words in ("Marta Soler", "Another title", "March edition", "Ada Mensah", "•••"):
        assert words in page
    assert "secret-door" not in page
    assert "secret-room" not in page
    entry = LogEntry.objects.get_for_object(activity).filter(action=LogEntry.Action.UPDATE).first()
    assert entry.actor.name == "Marta Soler"
    activity.speakers.get().delete()
    page = client.get(reverse("admin:catalog_activity_history", args=[activity.pk])).content.decode()
    assert "Speaker “Ada Mensah”: removed" in page


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    page = reverse("admin:catalog_activity_changelist")

    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            client.get(page)
        return len(queries)

    cast.session()
    asked()
    with_one = asked()
    for number in range(3):
        cast.register(cast.session(cast.activity(f"More {number}")))
    assert asked() == with_one
