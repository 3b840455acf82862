"""“This is wrong”: asked by the person once the list is closed, answered by the host's staff, told by letter."""

from datetime import timedelta

import pytest

from accounts import erasing
from attendance import actions, errors
from attendance.models import Attendance, Correction
from attendance.own_attendance import own_attendance
from outbox.models import Letter
from registrations.models import Registration
from tests import cast
from tests.at_once import at_once

from .making import DAY, HOUR, START, counted, meeting_of, program, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return cast.coordinator()


@pytest.fixture
def closed(by):
    """Of three the first was there; the list of the first day is closed."""
    session = program(places=None)
    registrations = registered(session)
    meeting = meeting_of(session)
    actions.note(
        registration=registrations[0], meeting=meeting, state="present", minutes=50, by=by, now=START
    )
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    return meeting, registrations


def ask(meeting, registration, words="I was there."):
    return actions.ask_correction(
        registration=registration, meeting=meeting, words=words, by=registration.person, now=START + DAY
    )


def answered(correction, by, state="present", answer=""):
    return actions.answer_correction(
        correction=correction, state=state, answer=answer, by=by, now=START + DAY
    )


def test_asked_it_goes_to_those_who_run_the_hosts_activities_once(closed, by):
    meeting, [_one, two, _three] = closed
    first, second = ask(meeting, two), ask(meeting, two, "I WAS there.")
    assert first == second
    letter = Letter.objects.get(kind="correction_asked")
    assert letter.person == by
    assert "I was there." not in letter.text, "it is read at the desk"


def test_corrected_the_list_says_so_and_is_closed_again(closed, by):
    meeting, [one, two, three] = closed
    correction = answered(ask(meeting, two), by, answer="You are right.")
    assert (correction.corrected, correction.answered_by) == (True, by)
    assert counted(meeting) == {
        one.pk: ("present", "staff"),
        two.pk: ("present", "staff"),
        three.pk: ("absent", "closing"),
    }
    assert [closing.opened_at is None for closing in meeting.closings.all()] == [False, True]
    letter = Letter.objects.get(kind="correction_answered")
    assert letter.person == two.person
    assert "You are right." in letter.text
    assert "present" in letter.text
    assert answered(correction, by, state="absent").corrected, "the first answer stands"
    assert counted(meeting)[two.pk] == ("present", "staff")


def test_measured_minutes_are_kept_when_the_state_is_corrected(closed, by):
    meeting, [one, *_others] = closed
    answered(ask(meeting, one), by, state="excused")
    assert Attendance.objects.counted().get(registration=one).minutes == 50


def test_it_stays_with_a_reason_and_not_without(closed, by):
    meeting, [_one, two, _three] = closed
    correction = ask(meeting, two)
    with pytest.raises(errors.AnswerMissing):
        answered(correction, by, state="", answer=" ")
    assert not answered(correction, by, state="", answer="The door was watched.").corrected
    assert counted(meeting)[two.pk] == ("absent", "closing")
    assert "The door was watched." in Letter.objects.get(kind="correction_answered").text


def test_nothing_is_asked_before_the_list_is_closed_nor_without_end(closed, by):
    meeting, [_one, two, _three] = closed
    with pytest.raises(errors.NotClosedYet):
        ask(meeting_of(meeting.session, 2), two)
    for _i in range(3):
        answered(ask(meeting, two), by, state="", answer="No.")
    with pytest.raises(errors.AskedTooOften):
        ask(meeting, two)


def test_an_erased_persons_words_go_and_the_row_stays(closed):
    meeting, [_one, two, _three] = closed
    ask(meeting, two, "Ask my colleague Rosa.")
    erasing.erase(person=two.person, by=two.person, now=START + 2 * DAY)
    assert Correction.objects.get().words == ""
    assert counted(meeting)[two.pk] == ("absent", "closing")


@pytest.mark.django_db(transaction=True)
def test_asked_and_answered_many_times_at_once_it_is_one_with_one_answer():
    by = cast.coordinator()
    session = program(places=None)
    [one, *_others] = registered(session)
    meeting = meeting_of(session)
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    at_once([lambda: ask(meeting, one)] * 6)
    correction = Correction.objects.get()
    states = ["present", "excused"] * 4
    at_once([lambda state=state: answered(correction, by, state=state) for state in states])
    assert Letter.objects.filter(kind="correction_answered").count() == 1
    assert meeting.closings.count() == 2
    assert counted(meeting)[one.pk][0] in ("present", "excused")


# What the person is told


def told(registration, now) -> list[str]:
    registration = Registration.objects.select_related("session").get(pk=registration.pk)
    return [line.state for line in own_attendance(registration, now)]


def test_nobody_is_told_absent_before_the_list_is_closed(by):
    session = program()
    [one, two, three] = registered(session)
    first, second, _third = session.meetings.order_by("starts_at")
    actions.note(registration=one, meeting=first, state="present", by=by, now=START)
    actions.note(registration=two, meeting=first, state="absent", by=by, now=START + HOUR)
    soon, late = first.ends_at, first.ends_at + timedelta(days=7)
    assert told(one, START) == []
    assert [told(each, soon) for each in (one, two, three)] == [["present"], [""], [""]]
    assert told(three, late - timedelta(seconds=1))[0] == ""
    assert told(three, late)[0] == "late"
    actions.close(meeting=first, by=by, now=soon)
    assert [told(each, soon) for each in (one, two, three)] == [["present"], ["absent"], ["absent"]]
    actions.close(meeting=second, by=by, taken=False, now=second.ends_at)
    assert told(one, second.ends_at) == ["present", "not_taken"]


def test_who_came_late_is_told_of_the_meetings_since(by):
    session = program(late_registration=True)
    late = cast.register(session, now=START + 10 * HOUR)
    assert len(told(late, START + 5 * DAY)) == 2


def test_the_registrations_page_tells_it_and_leads_to_the_question(client, by):
    session = cast.session(starts_in=timedelta(hours=1))
    one = cast.register(session)
    other = cast.register(session)
    meeting = meeting_of(session)
    late = meeting.ends_at + HOUR
    Registration.objects.update(confirmed_at=meeting.starts_at - DAY)
    actions.close(meeting=meeting, by=by, now=late)
    client.force_login(one.person)
    page = f"/registrations/{one.code}/attendance/{meeting.pk}/"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.utils.timezone.now", lambda: late)
        detail = client.get(one.get_absolute_url()).text
        assert page in detail
        assert "absent" in detail
        assert client.get(f"/registrations/{other.code}/attendance/{meeting.pk}/").status_code == 404
        assert client.post(page, {"words": " "}).status_code == 422
        assert client.post(page, {"words": "I was there."}).status_code == 302
        assert "They answer you by letter" in client.get(one.get_absolute_url()).text
        correction = Correction.objects.get()

        answer = f"/meetings/{meeting.pk}/corrections/{correction.pk}/"
        for person, status in ((one.person, 404), (cast.reader(), 403)):
            client.force_login(person)
            assert client.get(answer).status_code == status
            assert client.post(answer, {"state": "present"}).status_code == status
        client.force_login(by)
        assert "I was there." in client.get(answer).text
        assert client.post(answer, {"state": "", "answer": ""}).status_code == 422
        assert client.post(answer, {"state": "present", "answer": "Sorry."}).status_code == 302
    assert counted(meeting)[one.pk] == ("present", "staff")
