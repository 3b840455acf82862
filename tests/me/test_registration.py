from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from outbox.models import Letter
from registrations import access
from registrations.actions import cancel, cancel_session
from tests import cast

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/room"


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


@pytest.fixture
def session():
    return cast.session(places=1, joining_note="Passcode 77")


@pytest.fixture
def amina():
    return cast.person("Amina Diallo")


@pytest.fixture
def registration(session, amina):
    return cast.register(session, amina, note="I use a wheelchair")


@pytest.fixture
def page(registration):
    return f"/registrations/{registration.code}/"


def shown(answer):
    return answer.content.decode()


def test_my_registration_tells_its_state_and_what_happens_next(client, amina, session, page):
    client.force_login(amina)
    answer = shown(client.get(page))
    assert "You have a place" in answer
    assert "We remind you by e-mail" in answer
    assert "The link to join appears" in answer
    assert "I use a wheelchair" in answer
    assert "mailto:seoul@host.example" in answer
    assert f"{page}cancellation/" in answer
    assert Letter.objects.get().subject in answer
    assert LINK not in answer
    assert "Passcode 77" not in answer


def test_the_waiting_person_reads_position_and_reason(client, session, registration):
    first, second = cast.register(session), cast.register(session)
    client.force_login(second.person)
    answer = shown(client.get(second.get_absolute_url()))
    assert "You are number 2 on the waiting list." in answer
    assert "The only place is taken." in answer
    assert "1 person is ahead of you" in answer
    client.force_login(first.person)
    assert "the next place that becomes free is yours" in shown(client.get(first.get_absolute_url()))


@pytest.mark.parametrize(
    ("before_start", "sees"),
    [
        (timedelta(minutes=61), False),
        (timedelta(minutes=60), True),
        (timedelta(minutes=-80), True),
        (timedelta(minutes=-90), False),  # over
    ],
)
def test_the_joining_link_is_there_from_an_hour_before_until_the_end(
    client, amina, session, page, before_start, sees
):
    client.force_login(amina)
    with time_machine.travel(session.starts_at - before_start, tick=False):
        answer = shown(client.get(page))
        file = shown(client.get(f"{page}calendar.ics"))
    assert (LINK in answer, "Passcode 77" in answer) == (sees, sees)
    assert (LINK in file) == sees


def test_who_waits_has_no_calendar_entry_yet(client, session, registration):
    waiting = cast.register(session)
    client.force_login(waiting.person)
    assert client.get(f"{waiting.get_absolute_url()}calendar.ics").status_code == 404
    assert "calendar.ics" not in shown(client.get(waiting.get_absolute_url()))


def test_who_waits_or_cancelled_never_sees_the_link(client, session, registration, amina, page):
    waiting = cast.register(session)
    with time_machine.travel(session.starts_at - timedelta(minutes=5), tick=False):
        client.force_login(waiting.person)
        assert LINK not in shown(client.get(waiting.get_absolute_url()))
        cancel(registration=registration, by=amina)
        client.force_login(amina)
        assert LINK not in shown(client.get(page))


def test_other_people_find_nothing(client, page, registration):
    for stranger in (cast.person("Stranger"), cast.coordinator(cast.host("cairo"))):
        client.force_login(stranger)
        for address in (page, f"{page}cancellation/", f"{page}calendar.ics"):
            assert client.get(address).status_code == 404
        assert client.post(f"{page}cancellation/").status_code == 404
    registration.refresh_from_db()
    assert registration.is_confirmed


def test_staff_of_the_host_see_whose_it_is_and_may_cancel_it(client, page, registration):
    coordinator = cast.coordinator()
    client.force_login(coordinator)
    answer = shown(client.get(page))
    assert "The registration of Amina Diallo" in answer
    with time_machine.travel(registration.session.starts_at, tick=False):
        client.force_login(coordinator)  # who was away for so long was signed out
        assert LINK not in shown(client.get(page))  # theirs is the desk; this page's link is the person's
    client.post(f"{page}cancellation/")
    registration.refresh_from_db()
    assert registration.cancelled_for == "staff"


# From the letter, without signing in: docs/decisions/0004-letter-links.md


def test_the_letters_link_shows_no_more_than_the_letter_said(client, page, amina, session):
    cache.clear()
    with time_machine.travel(session.starts_at - timedelta(minutes=5), tick=False):
        answer = shown(client.get(page))
    assert "You have a place" in answer
    for secret in (amina.name, amina.email, "I use a wheelchair", LINK, "Passcode 77"):
        assert secret not in answer
    assert f"{page}cancellation/" in answer
    assert f"{page}calendar.ics" not in answer
    assert client.get(f"{page}calendar.ics").status_code == 302


def test_cancelling_from_the_letter_takes_two_clicks_and_no_signing_in(client, page, registration):
    asks = client.get(f"{page}cancellation/")
    assert "Cancel your registration?" in shown(asks)
    registration.refresh_from_db()
    assert registration.is_confirmed
    answer = client.post(f"{page}cancellation/", follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "The registration is cancelled." in shown(answer)
    registration.refresh_from_db()
    assert (registration.state, registration.cancelled_for) == ("cancelled", "person")
    client.post(f"{page}cancellation/")
    assert Letter.objects.filter(kind="cancellation").count() == 1
    assert "There is nothing left to cancel." in shown(client.get(f"{page}cancellation/"))


def test_cancelling_lets_in_who_waits(client, session, page, amina):
    waiting = cast.register(session)
    client.force_login(amina)
    assert "goes at once to the first person on the waiting list" in shown(client.get(f"{page}cancellation/"))
    client.post(f"{page}cancellation/")
    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_after_the_end_nothing_is_cancelled(client, page, registration):
    with time_machine.travel(registration.session.ends_at + timedelta(minutes=1), tick=False):
        answer = client.post(f"{page}cancellation/", follow=True)
    assert "can no longer be cancelled" in shown(answer)
    registration.refresh_from_db()
    assert registration.is_confirmed


def test_codes_cannot_be_tried_without_end(client, page, monkeypatch):
    assert access.LETTER_LINKS == {"letter_link": "300/m/ip"}  # too many to ask for here
    monkeypatch.setattr(access, "LETTER_LINKS", {"letter_link": "6/m/ip"})
    for _i in range(6):
        assert client.get("/registrations/ZZZZZZZZZZZZ/").status_code == 404
    assert client.get(page).status_code == 429
    assert client.post(f"{page}cancellation/").status_code == 429


def test_a_session_that_was_called_off_says_why(client, session, page, amina):
    cancel_session(session=session, reason="The speaker is ill.", by=cast.secretary())
    client.force_login(amina)
    answer = shown(client.get(page))
    assert "This session was cancelled" in answer
    assert "The speaker is ill." in answer
    assert "already cancelled this session" in shown(client.post(f"{page}cancellation/", follow=True))


# Calendar files


def test_the_public_file_has_no_link_and_is_for_everybody(client, session):
    with time_machine.travel(session.starts_at - timedelta(minutes=5), tick=False):
        answer = client.get(f"/sessions/{session.pk}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == session.starts_at
    assert LINK not in shown(answer)
    assert "amina" not in shown(answer).lower()


def test_a_file_of_what_is_not_published_does_not_exist(client):
    draft = cast.session(cast.activity(published=False))
    assert client.get(f"/sessions/{draft.pk}/calendar.ics").status_code == 404


def test_my_file_has_the_same_uid_and_a_sequence_that_follows_my_registration(
    client, session, page, registration, amina
):
    client.force_login(amina)
    own = icalendar.Calendar.from_ical(client.get(f"{page}calendar.ics").content).walk("VEVENT")[0]
    public = icalendar.Calendar.from_ical(client.get(f"/sessions/{session.pk}/calendar.ics").content).walk(
        "VEVENT"
    )[0]
    assert own["UID"] == public["UID"]
    assert own["SEQUENCE"] == registration.calendar_sequence
    assert timezone.now() < own["DTSTART"].dt


def test_a_letter_opened_as_somebody_else_says_what_to_do(client, page):
    """The same for a code that is somebody else's and one that is nobody's; signed out, the first one opens."""
    other = cast.person("Chidi Obi")
    client.force_login(other)
    answers = [
        client.get(address) for address in (page, f"{page}cancellation/", "/registrations/BCDFGHJKMNPQ/")
    ]
    for answer in answers:
        assert answer.status_code == 404
        assert other.email in shown(answer)
        assert "Amina" not in shown(answer)
    assert client.post(f"{page}cancellation/").status_code == 404
    way_out = f"/accounts/logout/?next={page}"
    assert way_out in shown(answers[0])
    assert client.post(way_out).url == page
    assert client.get(page).status_code == 200


def test_what_is_over_leads_on_and_offers_no_calendar_entry(client, session, page, amina):
    coming = cast.session(cast.activity("Rain gardens"), starts_in=timedelta(days=40))
    client.force_login(amina)
    assert "Put it in my calendar" in shown(client.get(page))
    with time_machine.travel(session.ends_at + timedelta(days=2), tick=False):
        answer = shown(client.get(page))
    assert "This session is over" in answer
    assert "You had a place" not in answer
    assert "Put it in my calendar" not in answer
    assert coming.activity.get_absolute_url() in answer
    assert "mailto:seoul@host.example" in answer
