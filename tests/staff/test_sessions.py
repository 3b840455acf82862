"""The desk of a session: its steps, and that each page says beforehand exactly who will be written to."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Session
from outbox.models import Letter
from registrations.models import Invitation, Registration
from staff.sessions import meeting_lines
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


@pytest.fixture
def full() -> Session:
    """One place taken by a French speaker, a Spanish and an English speaker waiting."""
    session = cast.session(places=1)
    for language in ("fr", "es", "en"):
        cast.register(session, cast.person(f"Reads {language}", language=language))
    session.refresh_from_db()
    return session


def step_page(noun: str, *sessions: Session) -> str:
    ids = ",".join(str(session.pk) for session in sessions)
    return f"{reverse(f'admin:catalog_session_{noun}')}?ids={ids}"


def letters_by_kind() -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind in Letter.objects.values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def text_of(client: Client, page: str, data: dict[str, Any] | None = None) -> str:
    answer = client.get(page) if data is None else client.post(page, data)
    return answer.content.decode()


def test_a_meeting_is_dropped_with_a_reason_and_without_one_nothing_is_written(client: Client) -> None:
    first = (timezone.now() + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    days = [first + timedelta(days=number) for number in range(3)]
    session = cast.session(meetings=[(day, day + timedelta(hours=1), "") for day in days])
    cast.register(session)
    lines = meeting_lines.write([session.meetings.first(), session.meetings.last()], session.zone)
    page = f"{reverse('admin:catalog_session_rescheduling')}?ids={session.pk}"
    data = {"thing-0-meetings_text": lines, "thing-0-joining_link": session.joining_link}
    response = client.post(page, data)
    assert response.status_code == 422
    assert "Say why the meeting no longer takes place" in response.text
    assert session.meetings.count() == 3
    assert client.post(page, data | {"thing-0-reason_en": "The hall burned down."}).status_code == 302
    assert "The reason: The hall burned down." in Letter.objects.get(kind="session_changed").text


def test_cancellation_says_who_hears_of_it_and_needs_a_reason(client: Client, full: Session) -> None:
    page = step_page("cancellation", full)
    question = text_of(client, page)
    assert "3 people will be written to" in question
    assert "French 1" in question
    refused = client.post(page, {"en": ""})
    assert refused.status_code == 422
    assert not Session.objects.get(pk=full.pk).is_cancelled

    answer = client.post(page, {"en": "The speaker is ill.", "fr": "L’intervenante est malade."}, follow=True)
    session = Session.objects.get(pk=full.pk)
    assert session.is_cancelled
    assert session.cancelled_by.name == "Marta Soler"
    assert (session.cancellation_reason_fr, session.cancellation_reason_es) == (
        "L’intervenante est malade.",
        None,
    )
    assert letters_by_kind()["session_cancelled"] == 3
    assert "3 letters are on their way." in answer.content.decode()


def test_several_sessions_are_cancelled_at_once_each_by_itself(client: Client, full: Session) -> None:
    other, over = cast.session(), cast.session(starts_at=timezone.now() - timedelta(days=2))
    cast.register(other, cast.person("Only One", language="fr"))
    page = step_page("cancellation", full, other, over)
    question = text_of(client, page)
    assert "4 people will be written to: French 2" in question
    assert "It is over." in question
    client.post(page, {"en": "Storm."})
    assert Session.objects.get(pk=other.pk).is_cancelled
    assert Session.objects.get(pk=full.pk).is_cancelled
    assert not Session.objects.get(pk=over.pk).is_cancelled


def test_asking_changes_nothing(client: Client, full: Session) -> None:
    before = Session.objects.filter(pk=full.pk).values().get()
    letters = Letter.objects.count()
    for noun in ("cancellation", "rescheduling", "places"):
        assert client.get(step_page(noun, full)).status_code == 200
    assert Session.objects.filter(pk=full.pk).values().get() == before
    assert Letter.objects.count() == letters


def test_rescheduling_moves_each_session_to_its_own_time(client: Client, full: Session) -> None:
    other = cast.session()
    data = {}
    for number, session in enumerate(
        Session.objects.filter(pk__in=[full.pk, other.pk]).order_by("starts_at", "pk")
    ):
        [meeting] = session.meetings.all()
        meeting.starts_at += timedelta(hours=number + 1)
        meeting.ends_at += timedelta(hours=number + 1)
        data[f"thing-{number}-meetings_text"] = meeting_lines.write([meeting], session.zone)
        data[f"thing-{number}-joining_link"] = session.joining_link
        data[f"thing-{number}-venue_en"] = "Room 5"
    before = {session.pk: session.starts_at for session in (full, other)}
    page = step_page("rescheduling", full, other)
    assert "3 people will be written to" in text_of(client, page)
    assert client.post(page, data).status_code == 302
    for session, hours in zip(Session.objects.filter(pk__in=before).order_by("pk"), (1, 2), strict=True):
        assert session.starts_at == before[session.pk] + timedelta(hours=hours)
        assert session.venue_en == "Room 5"
    assert letters_by_kind()["session_changed"] == 3


def test_rescheduling_shows_errors_by_line_and_moves_nothing(client: Client, full: Session) -> None:
    page = step_page("rescheduling", full)
    answer = client.post(page, {"thing-0-meetings_text": "sometime"})
    assert answer.status_code == 422
    assert "Line 1: “sometime” is no meeting" in answer.content.decode()
    answer = client.post(page, {"thing-0-meetings_text": "2020-01-01 10:00–11:00"})
    assert "It would be over already." in answer.content.decode()
    assert Session.objects.get(pk=full.pk).starts_at == full.starts_at


def test_places_let_in_who_waits(client: Client, full: Session) -> None:
    page = step_page("places", full)
    asked = client.get(page).text
    assert "For each place more the next of those waiting is let in and written to" in asked
    assert "Nobody will be written to" not in asked  # that depends on the number
    assert "Taken: 1. Waiting: 2." in text_of(client, page)
    client.post(page, {"thing-0-places": "2"})
    assert full.registrations.confirmed().count() == 2
    assert letters_by_kind()["promotion"] == 1
    client.post(page, {"thing-0-places": ""})
    assert full.registrations.confirmed().count() == 3


def test_a_get_or_post_of_nonsense_ids_is_not_found(client: Client, full: Session) -> None:
    page = reverse("admin:catalog_session_places")
    for ids in ("", "x", "0", f"{full.pk},999999", ",".join(str(n) for n in range(1, 200))):
        assert client.get(page, {"ids": ids}).status_code == 404


def test_the_page_shows_people_in_order_and_what_is_overbooked(client: Client, full: Session) -> None:
    cast.register(full, cast.person("Let In"), by=cast.secretary("Other Secretary"), over_places=True)
    text = text_of(client, reverse("admin:catalog_session_change", args=[full.pk]))
    assert "2 of 1" in text
    assert "overbooked by 1" in text
    assert "beyond the places" in text
    assert text.index("Reads es") < text.index("Reads en")
    listed = client.get(reverse("admin:catalog_session_changelist"), {"fullness": "over"})
    assert [row.pk for row in listed.context["cl"].result_list] == [full.pk]
    listed = client.get(reverse("admin:catalog_session_changelist"), {"fullness": "left"})
    assert list(listed.context["cl"].result_list) == []


def test_the_list_shows_coming_sessions_unless_asked_for_others(client: Client) -> None:
    coming = cast.session()
    past = cast.session(starts_at=timezone.now() - timedelta(days=9))
    page = reverse("admin:catalog_session_changelist")
    assert [row.pk for row in client.get(page).context["cl"].result_list] == [coming.pk]
    assert [row.pk for row in client.get(page, {"when": "past"}).context["cl"].result_list] == [past.pk]
    assert client.get(page, {"when": "all"}).context["cl"].result_list.count() == 2


def test_many_addresses_are_invited_at_once_and_errors_named(client: Client) -> None:
    session = cast.session(eligibility="invited")
    cast.invitation(session, "known@city.example")
    page = reverse("admin:registrations_invitation_add")
    wrong = client.post(page, {"session": session.pk, "emails": "good@city.example, not an address"})
    assert wrong.status_code == 422
    assert "“not an address” is no e-mail address." in wrong.content.decode()
    assert Invitation.objects.count() == 1
    pasted = "Ada <Ada@City.example>\nknown@city.example; bo@city.example,bo@city.example"
    answer = client.post(page, {"session": session.pk, "emails": pasted}, follow=True)
    assert "2 addresses are invited." in answer.content.decode()
    assert set(session.invitations.values_list("email", flat=True)) == {
        "ada@city.example",
        "known@city.example",
        "bo@city.example",
    }
    assert session.invitations.get(email="ada@city.example").invited_by.name == "Marta Soler"
    assert cast.register(session, cast.person(email="bo@city.example")).is_confirmed


def test_a_session_over_or_cancelled_offers_no_steps(client: Client, full: Session) -> None:
    client.post(step_page("cancellation", full), {"en": "Storm."})
    text = text_of(client, reverse("admin:catalog_session_change", args=[full.pk]))
    for words in ("Reschedule or move", "Change the places", "Cancel the session", "Add a person"):
        assert words not in text
    assert Registration.objects.filter(session=full, state="cancelled").count() == 3


def test_only_who_may_edit_is_led_to_the_form(client: Client, full: Session) -> None:
    page = reverse("admin:catalog_session_change", args=[full.pk])
    assert "Edit on the activity’s page" in text_of(client, page)
    client.force_login(cast.reader())
    assert "Edit on the activity’s page" not in text_of(client, page)


def test_the_page_leads_on_in_groups_to_what_its_reader_may_open(client: Client, full: Session) -> None:
    reader = Client()
    reader.force_login(cast.reader())
    page = reverse("admin:catalog_session_change", args=[full.pk])
    groups = dict(client.get(page).context["link_groups"])
    assert {name: len(links) for name, links in groups.items()} == {
        "The session": 4,
        "People": 4,
        "In writing": 3,
        "To look at": 4,
    }
    read = dict(reader.get(page).context["link_groups"])
    assert not read["The session"]
    addresses = [address for links in read.values() for address, _label in links]
    assert {address: reader.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )
