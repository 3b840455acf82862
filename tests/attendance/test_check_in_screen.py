"""The screen with the code of a meeting: what it shows when, to whom, and how it renews itself."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from attendance import actions
from attendance.check_in import codes, qr
from attendance.check_in.screen import Screen
from attendance.models import Helper
from catalog.models import Session
from registrations import actions as registration_actions
from tests import cast

from .making import DAY, HOUR, START, meeting_of
from .test_check_in_pages import code_now, screen_of, words
from .test_list import page_of, running

pytestmark = pytest.mark.django_db

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_the_screen_has_the_code_its_address_as_a_drawing_and_how_many_came(
    client, session, meeting, amina, at
):
    actions.check_in(meeting=meeting, person=amina, seen_at=START, by=amina)
    client.force_login(cast.coordinator(session.activity.host))
    at(START + 13 * SECOND)
    html = client.get(screen_of(meeting)).text
    shown = words(html)
    code = code_now(meeting)
    assert (
        f"type this code at localhost:8000/check-in {code[:3]} {code[3:]} A new code comes in 17 s" in shown
    )
    assert "Check in now" in shown
    assert "Checked in: 1" in shown
    drawn = re.search(r'<path d="([^"]+)" fill="black"', html)[1]
    assert drawn == qr.path(qr.matrix(f"http://localhost:8000/check-in/{code}/"))
    assert '<noscript><meta http-equiv="refresh" content="17"></noscript>' in html
    at(START + 30 * SECOND)
    assert code_now(meeting) != code
    assert "A new code comes in 30 s" in words(client.get(screen_of(meeting)).text)


def test_the_drawing_is_the_matrix_of_the_address_module_for_module():
    """Read back out of the path, with a quiet zone of four."""
    modules = qr.matrix("https://station.example/check-in/K7P3QX/")
    side = len(modules)
    read = [[False] * side for _row in range(side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", qr.path(modules)):
        for one in range(int(length)):
            read[int(y)][int(x) + one] = True
    assert read == modules
    assert not any(any(row[:4]) or any(row[-4:]) for row in modules)
    assert not any(any(row) for row in modules[:4] + modules[-4:])
    finder = [[True] * 7, *([[True, *[False] * 5, True]] * 1), [True, False, True, True, True, False, True]]
    assert [row[4:11] for row in modules[4:7]] == finder


def test_it_can_be_set_up_before_and_says_when_it_opens_on_the_hosts_clock(client, session, meeting, at):
    client.force_login(cast.secretary())
    at(START - 15 * MINUTE - SECOND)
    shown = words(client.get(screen_of(meeting)).text)
    assert "Check-in opens: Tuesday 8 December 2026, 17:45." in shown
    assert codes.in_two(code_now(meeting)) in shown
    at(START - 15 * MINUTE)
    assert "Check in now" in words(client.get(screen_of(meeting)).text)
    at(START - 2 * HOUR - SECOND)
    html = client.get(screen_of(meeting)).text
    assert "The code can be shown from Tuesday 8 December 2026, 16:00 on." in words(html)
    assert "<path" not in html[html.index('id="screen"') :]
    assert 'content="60"' in html, "it finds out by itself"
    at(START - 2 * HOUR)
    assert codes.in_two(code_now(meeting)) in words(client.get(screen_of(meeting)).text)


def test_afterwards_it_says_so_and_renews_itself_no_more(client, session, meeting, at):
    by = cast.secretary()
    at(meeting.ends_at - SECOND)
    client.force_login(by)
    assert "Check in now" in words(client.get(screen_of(meeting)).text)
    at(meeting.ends_at)
    html = client.get(screen_of(meeting)).text
    assert "The meeting is over, and check-in with it." in words(html)
    assert "refresh" not in html
    actions.close(meeting=meeting, by=by)
    assert "The list of this meeting is closed" in words(client.get(screen_of(meeting)).text)
    registration_actions.cancel_session(session=session, reason="Flood", by=by, now=START)
    tomorrow = meeting_of(session, 2)
    at(tomorrow.starts_at)
    client.force_login(by)
    assert "this meeting does not take place" in words(client.get(screen_of(tomorrow)).text)


def test_whoever_is_disturbed_by_it_lets_it_stand_still(client, meeting, at):
    client.force_login(cast.secretary())
    assert "?still" in client.get(screen_of(meeting)).text
    html = client.get(f"{screen_of(meeting)}?still").text
    assert "refresh" not in html
    assert "data-renew-in" not in html
    assert "Let the page renew itself" in html


def test_who_may_take_attendance_shows_it_and_nobody_else(client, session, meeting, amina, at):
    trainer = cast.person("Trainer Osei")
    Helper.objects.create(session=session, email=trainer.email)
    for who, status in (
        (trainer, 200),
        (cast.coordinator(session.activity.host), 200),
        (amina, 404),
        (cast.reader(), 403),
        (cast.coordinator(cast.host("cairo"), name="Nour Adel"), 404),
    ):
        client.force_login(who)
        assert client.get(screen_of(meeting)).status_code == status
    at(session.ends_at + 15 * DAY)
    client.force_login(trainer)
    assert client.get(screen_of(meeting)).status_code == 404


def test_the_screen_is_asked_for_with_as_many_queries_whoever_came(client, django_assert_max_num_queries):
    session = running()
    client.force_login(cast.secretary())
    with django_assert_max_num_queries(10):
        client.get(screen_of(meeting_of(session)))


def test_the_seconds_run_from_thirty_to_one(meeting):
    left = [Screen(meeting, START + second * SECOND / 2).seconds_left for second in range(61)]
    assert left[:2] == [30, 30]
    assert (left[59], left[60]) == (1, 30)


def test_the_list_and_the_sessions_page_at_the_desk_lead_to_the_screen_while_it_is_of_use(
    client, session: Session, at
):
    by = cast.coordinator(session.activity.host)
    meeting = meeting_of(session)
    desk = reverse("admin:catalog_session_overview", args=[session.pk])
    at(START)
    client.force_login(by)
    assert [screen_of(meeting) in client.get(page).text for page in (page_of(session), desk)] == [True, True]
    at(meeting.ends_at)
    client.force_login(by)
    assert [screen_of(meeting) in client.get(page).text for page in (page_of(session), desk)] == [
        False,
        False,
    ]
