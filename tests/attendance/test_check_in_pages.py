"""The pages of check-in: the screen for a room, the field, the question, and every sentence why not."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attendance import access, actions
from attendance.check_in import codes, tickets
from attendance.models import Attendance
from catalog.models import Meeting
from registrations.models import Registration
from tests import cast
from tests.accounts.signing_in import sign_in

from .making import DAY, HOUR, START, counted

pytestmark = pytest.mark.django_db

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
FIELD = "/check-in/"


def screen_of(meeting: Meeting) -> str:
    return reverse("attendance:screen", args=[meeting.pk])


def code_now(meeting: Meeting) -> str:
    return codes.code_at(meeting.pk, timezone.now())


def scanned(client: Client, meeting: Meeting):
    return client.get(f"/check-in/{code_now(meeting)}/")


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).strip()


# From the code to the question


def test_a_scanned_code_leads_to_the_question_and_a_press_notes_it(client, meeting, amina, at):
    client.force_login(amina)
    answer = scanned(client, meeting)
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert "Check in to “ Water in dense cities ”?" in words(page.text)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert not Attendance.objects.exists(), "looking changes nothing"
    done = client.post(answer.url)
    registration = Registration.objects.get()
    assert done.url == registration.get_absolute_url()
    assert counted(meeting) == {registration.pk: ("present", "check_in")}
    assert "You are checked in." in words(client.get(done.url).text)
    at(START + MINUTE)
    again = words(client.get(answer.url).text)
    assert "You are checked in" in again
    assert "You are noted as present since Tuesday 8 December 2026, 09:00 your time, 18:00 in Seoul" in again


def test_a_typed_code_leads_there_too_and_a_wrong_one_is_told_at_the_field(client, meeting, amina, at):
    client.force_login(amina)
    code = code_now(meeting).lower()
    answer = client.post(FIELD, {"code": f" {code[:3]}-{code[3:]} "})
    assert answer.url.startswith("/check-in/tickets/")
    wrong = client.post(FIELD, {"code": "ZZZZZZ"})
    assert wrong.status_code == 422
    assert "This code opens no meeting now." in words(wrong.text)
    assert client.post(FIELD, {"code": " "}).status_code == 422
    late = START + 2 * codes.STEP
    at(late)
    for gone in (client.post(FIELD, {"code": code}), client.get(f"/check-in/{code}/")):
        assert gone.status_code == 422
        assert "It changes every half minute" in words(gone.text)


def test_who_is_not_signed_in_keeps_the_ticket_through_signing_in_also_when_the_meeting_ends_meanwhile(
    client, meeting, amina, at
):
    at(meeting.ends_at - SECOND)
    ticket = scanned(client, meeting).url
    asked = client.get(ticket)
    assert asked.url.startswith("/accounts/login/?next=/check-in/tickets/")
    at(meeting.ends_at + 10 * MINUTE)
    client.force_login(amina)
    own = client.get(ticket).url  # it is theirs alone from now on
    assert own != ticket
    assert "Check in to" in words(client.get(own).text)
    client.post(own)
    assert Attendance.objects.get().noted_at == meeting.ends_at - SECOND


def test_a_ticket_is_good_for_a_quarter_of_an_hour_and_for_one_person(client, meeting, amina, at):
    client.force_login(amina)
    ticket = scanned(client, meeting).url
    at(START + 15 * MINUTE)
    assert client.get(ticket).status_code == 200
    other = Client()
    other.force_login(cast.person("Somebody Else"))
    answer = other.get(ticket)
    assert answer.status_code == 403
    assert "opened by somebody else" in words(answer.text)
    at(START + 15 * MINUTE + SECOND)
    for answer in (client.get(ticket), client.post(ticket)):
        assert answer.status_code == 410
        assert "more than 15 minutes ago" in words(answer.text)
    assert not Attendance.objects.exists()


def test_a_ticket_for_a_meeting_that_is_gone_is_good_no_more(client, amina):
    client.force_login(amina)
    ticket = str(tickets.Ticket(0, timezone.now(), amina.pk))
    answer = client.get(f"/check-in/tickets/{ticket}/")
    assert answer.status_code == 410
    assert "This meeting was taken out of its session." in words(answer.text)


def test_who_is_early_is_told_from_when_nothing_is_locked_and_the_page_is_pressed_again(
    client, meeting, amina, at
):
    client.force_login(amina)
    at(START - 20 * MINUTE)
    ticket = scanned(client, meeting).url
    html = client.get(ticket).text
    told = words(html)
    assert "Check-in is not open yet" in told
    assert "Check-in opens: Tuesday 8 December 2026, 08:45 your time, 17:45 in Seoul (UTC+9)." in told
    assert "Try again" in told
    assert '<noscript><meta http-equiv="refresh" content="302"></noscript>' in html
    assert client.post(ticket).status_code == 403
    at(START - 15 * MINUTE)
    assert client.post(ticket).status_code == 302
    assert Attendance.objects.get().noted_at == START - 15 * MINUTE


def test_who_is_far_too_early_scans_again(client, meeting, amina, at):
    client.force_login(amina)
    at(START - HOUR)
    html = client.get(scanned(client, meeting).url).text
    assert "Scan or type the code again then." in words(html)
    assert "refresh" not in html


def test_every_no_is_a_sentence_with_a_way_on(client, session, meeting, amina, at):
    def told(who) -> str:
        client.force_login(who)
        ticket = scanned(client, meeting).url
        for answer in (client.post(ticket), client.get(ticket)):
            text = words(answer.text)
        assert "You cannot check in here" in text
        return text

    assert "You are not registered for this session." in (stranger := told(cast.person("Stranger")))
    assert "To the session" in stranger
    by, registration = cast.secretary(), Registration.objects.get()
    actions.check_in(meeting=meeting, person=amina, seen_at=START, by=amina)
    actions.strike(registration=registration, meeting=meeting, by=by)
    assert "Staff of the host struck your check-in. Speak to them." in told(amina)
    actions.let_stand(registration=registration, meeting=meeting, by=by)
    ben = cast.person("Ben")
    cast.register(session, ben, now=START - 2 * DAY)
    at(meeting.ends_at - SECOND)
    client.force_login(ben)
    ticket = scanned(client, meeting).url
    at(meeting.ends_at)
    actions.close(meeting=meeting, by=by)
    assert "The list of this meeting is closed." in words(client.post(ticket).text)
    at(meeting.ends_at + SECOND)
    late = client.get(f"/check-in/{codes.code_at(meeting.pk, meeting.ends_at)}/").url
    actions.open_again(meeting=meeting, by=by, why="Ben came")
    assert "The meeting is over, and check-in with it." in words(client.get(late).text)


def test_the_code_leads_on_in_the_readers_language(client, meeting, amina, at):
    french = client.get(f"/check-in/{code_now(meeting)}/", headers={"Accept-Language": "fr-CA, en;q=0.5"})
    assert french.url.startswith("/fr/check-in/tickets/")
    amina.language = "ar"
    amina.save()
    client.force_login(amina)
    assert scanned(client, meeting).url.startswith("/ar/check-in/tickets/")
    assert client.get(f"/es/check-in/{code_now(meeting)}/").url.startswith("/es/")


# Guessing


def test_too_many_wrong_codes_of_one_person_stop_the_right_ones_of_nobody_else(client, meeting, amina, at):
    client.force_login(amina)
    right = code_now(meeting)
    for _right in range(30):
        assert client.post(FIELD, {"code": right}).status_code == 302, "right ones are not counted"
    for _wrong in range(20):
        assert client.post(FIELD, {"code": "ZZZZZZ"}).status_code == 422
    answer = client.post(FIELD, {"code": right})
    assert answer.status_code == 429
    assert "Too many codes that were not right" in words(answer.text)
    assert client.get(f"/check-in/{right}/").status_code == 429
    client.force_login(cast.person("Neighbor"))
    assert client.post(FIELD, {"code": right}).status_code == 302
    cache.clear()
    client.force_login(amina)
    assert client.post(FIELD, {"code": right}).status_code == 302


# Where it is linked from


def test_the_field_says_which_meeting_is_on_or_next_and_from_when(client, meeting, amina, at):
    client.force_login(amina)
    at(START - DAY)
    assert "Check-in opens: Tuesday 8 December 2026, 08:45 your time, 17:45 in Seoul" in words(
        client.get(FIELD).text
    )
    at(START)
    assert "Check-in is open." in words(client.get(FIELD).text)
    client.force_login(cast.person("Nobody"))
    assert "You have no place in a session that meets in the next seven days." in words(
        client.get(FIELD).text
    )
    client.logout()
    assert "Your meetings" not in words(client.get(FIELD).text)


def test_my_pages_and_the_registration_lead_there_while_a_meeting_is_on(client, meeting, amina, at):
    registration = Registration.objects.get()
    client.force_login(amina)
    pages = [reverse("me:overview"), registration.get_absolute_url()]
    link = f'href="{FIELD}"'
    at(START - 15 * MINUTE - SECOND)
    assert [link in client.get(page).text for page in pages] == [False, False]
    at(START - 15 * MINUTE)
    assert [link in client.get(page).text for page in pages] == [True, True]
    actions.check_in(meeting=meeting, person=amina, seen_at=START, by=amina)
    for page in pages:
        html = client.get(page).text
        assert "You are checked in." in html
        assert link not in html
    actions.strike(registration=registration, meeting=meeting, by=cast.secretary())
    for page in pages:
        assert "Staff of the host struck your check-in. Speak to them." in client.get(page).text


def test_a_network_from_which_too_many_are_wrong_is_stopped_for_who_is_not_signed_in(
    client, meeting, amina, at, monkeypatch
):
    monkeypatch.setitem(access.WRONG_CODES, "wrong_code_unnamed", "3/h/ip")
    for _wrong in range(3):
        assert client.get("/check-in/ZZZZZZ/").status_code == 422
    assert scanned(client, meeting).status_code == 429
    client.force_login(amina)
    assert scanned(client, meeting).status_code == 302, "a person of the same training room goes on"


def test_who_has_no_account_keeps_the_ticket_through_signing_up(client, meeting, at):
    ticket = client.get(scanned(client, meeting).url).url.partition("next=")[2]
    answer = sign_in(client, "new@city.example", next=ticket)
    assert answer.url == f"{reverse('accounts:profile')}?{urlencode({'next': ticket})}"
    assert "You are not registered for this session." in words(client.get(ticket, follow=True).text)
