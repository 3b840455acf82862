"""Two at once at one list: real threads on PostgreSQL, and twins without the lock that go wrong."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from attendance import actions, errors
from attendance.actions import closing, doors, noting, noting_all, settling, tapping
from attendance.check_in import deciding
from attendance.models import Attendance, Tap
from tests import cast
from tests.at_once import at_once, hesitating, trying, without_the_lock

from .making import START, counted, meeting_of, program, registered

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    return program(places=None)


def two_lists(session, people: int):
    """Anna notes everybody present, Ben everybody excused, both from pages that showed nothing."""
    meeting = meeting_of(session)
    registrations = registered(session, *cast.people(people))
    anna, ben = cast.secretary(), cast.coordinator(session.activity.host)

    def tap(registration, state, by):
        return lambda: actions.tap(
            registration=registration, meeting=meeting, state=state, seen="", by=by, now=START
        )

    calls = [tap(one, *who) for one in registrations for who in (("present", anna), ("excused", ben))]
    return meeting, calls


def test_of_two_who_note_different_things_at_once_the_first_stands_and_the_second_is_told(session):
    meeting, calls = two_lists(session, 12)
    answers = at_once(calls)
    assert [answer.done for answer in answers].count(True) == 12
    assert [answer.done for answer in answers].count(False) == 12
    stands = {state for state, _source in counted(meeting).values()}
    assert len(counted(meeting)) == 12
    assert stands <= {"present", "excused"}


def test_the_twin_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(tapping, "row_of", hesitating(tapping.row_of))
    monkeypatch.setattr(noting, "row_of", hesitating(noting.row_of))
    _meeting, calls = two_lists(session, 6)
    wrong = 0

    for answer in at_once(trying(call) for call in calls):
        wrong += isinstance(answer, Exception)
    told = Tap.objects.filter(done=False).count()
    assert wrong or told != 6, "both were let through, or the database had to refuse"


def closing_while_noting(session):
    meeting = meeting_of(session)
    registrations = registered(session, *cast.people(15))
    by = cast.secretary()
    calls = [
        lambda one=one: actions.note(
            registration=one, meeting=meeting, state="present", source="check_in", by=by, now=meeting.ends_at
        )
        for one in registrations
    ]
    calls.insert(5, lambda: actions.close(meeting=meeting, by=by, now=meeting.ends_at))
    return meeting, registrations, calls


def test_closing_while_people_are_noted_leaves_everybody_present_or_absent_and_never_both(session):
    meeting, registrations, calls = closing_while_noting(session)
    answers = at_once(calls)
    late = [answer for answer in answers if isinstance(answer, errors.ListIsClosed)]
    rows = Attendance.objects.filter(meeting=meeting)
    assert rows.count() == len(registrations) == len(counted(meeting))
    assert rows.filter(state="absent", source="closing").count() == len(late)


def test_the_twin_of_closing_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(closing, "unaccounted", hesitating(closing.unaccounted))
    meeting, _registrations, calls = closing_while_noting(session)

    answers = at_once(trying(call) for call in calls)
    refused_by_the_database = [
        answer
        for answer in answers
        if isinstance(answer, Exception) and not isinstance(answer, errors.Refused)
    ]
    both = Attendance.objects.filter(meeting=meeting).count() != len(counted(meeting))
    twice = Attendance.objects.filter(meeting=meeting).count() > 15
    assert refused_by_the_database or both or twice


def test_all_are_noted_at_once_while_others_are_tapped_and_each_has_one_note(session):
    meeting, taps = two_lists(session, 8)
    by = cast.secretary()
    calls = [lambda: actions.note_all_present(meeting=meeting, by=by, now=START), *taps]
    noted, *answers = at_once(calls)
    assert Attendance.objects.filter(meeting=meeting).count() == 8 == len(counted(meeting))
    done_by_taps = Tap.objects.filter(done=True, registration__attendance__state="excused").count()
    assert noted + done_by_taps <= 8
    assert len(answers) == 16


def test_the_twin_of_noting_all_at_once_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(noting_all, "unaccounted", hesitating(noting_all.unaccounted))
    meeting, taps = two_lists(session, 8)
    by = cast.secretary()

    def all_present():
        try:
            return actions.note_all_present(meeting=meeting, by=by, now=START)
        except IntegrityError as error:  # what the lock would have put in line
            return error

    def trying(tap):
        def tried():
            try:
                return tap().done
            except IntegrityError as error:
                return error

        return tried

    answers = at_once([all_present, *map(trying, taps)])
    assert any(isinstance(answer, IntegrityError) for answer in answers)


# Check-in


def who_is_noted(meeting) -> list[tuple[str, str]]:
    return sorted(Attendance.objects.filter(meeting=meeting).values_list("source", "state"))


def checking_in(meeting, people, at):
    return [
        lambda one=one: actions.check_in(meeting=meeting, person=one, seen_at=at, by=one, now=at)
        for one in people
    ]


def check_in_while_closing(session):
    """Those who saw the code in time press their buttons while staff close the list."""
    meeting, people = meeting_of(session), cast.people(15)
    registered(session, *people)
    seen, now = meeting.ends_at - MINUTE, meeting.ends_at
    calls = [
        lambda one=one: actions.check_in(meeting=meeting, person=one, seen_at=seen, by=one, now=now)
        for one in people
    ]
    by = cast.secretary()
    calls.insert(5, lambda: actions.close(meeting=meeting, by=by, now=now))
    return meeting, calls


def test_closing_while_people_check_in_leaves_each_present_or_absent_and_the_late_ones_are_told(session):
    meeting, calls = check_in_while_closing(session)
    answers = at_once(calls)
    late = [answer for answer in answers if isinstance(answer, errors.ListIsClosed)]
    noted = who_is_noted(meeting)
    assert len(noted) == len(counted(meeting)) == 15
    assert noted.count(("closing", "absent")) == len(late)


def test_the_twin_of_checking_in_while_closing_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(closing, "unaccounted", hesitating(closing.unaccounted))
    monkeypatch.setattr(deciding, "check_in_of", hesitating(deciding.check_in_of))
    meeting, calls = check_in_while_closing(session)
    answers = at_once(trying(call) for call in calls)
    by_database = [
        one for one in answers if isinstance(one, Exception) and not isinstance(one, errors.Refused)
    ]
    assert by_database or len(who_is_noted(meeting)) != 15


def test_a_button_that_is_pressed_many_times_at_once_notes_once(session):
    meeting, [amina] = meeting_of(session), cast.people(1)
    registered(session, amina)
    answers = at_once(checking_in(meeting, [amina] * 12, START))
    assert len({answer.pk for answer in answers}) == 1
    assert who_is_noted(meeting) == [("check_in", "present")]


def test_the_twin_of_pressing_many_times_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(deciding, "check_in_of", hesitating(deciding.check_in_of))
    monkeypatch.setattr(noting, "row_of", hesitating(noting.row_of))
    meeting, [amina] = meeting_of(session), cast.people(1)
    registered(session, amina)
    answers = at_once(trying(call) for call in checking_in(meeting, [amina] * 12, START))
    assert any(isinstance(answer, IntegrityError) for answer in answers)


def checking_in_and_being_noted(session):
    """Staff excuse everybody while everybody checks in, and strike some."""
    meeting, people, by = meeting_of(session), cast.people(8), cast.secretary()
    registrations = registered(session, *people)
    calls = []
    for call, registration in zip(checking_in(meeting, people, START), registrations, strict=True):
        facts = {"registration": registration, "meeting": meeting, "by": by, "now": START}
        calls += [call, lambda facts=facts: actions.note(state="excused", **facts)]
    return meeting, calls


def test_a_check_in_while_staff_note_stands_beside_and_their_word_counts(session):
    meeting, calls = checking_in_and_being_noted(session)
    answers = at_once(calls)
    assert not any(isinstance(answer, Exception) for answer in answers)
    assert who_is_noted(meeting) == [("check_in", "present")] * 8 + [("staff", "excused")] * 8
    assert set(counted(meeting).values()) == {("excused", "staff")}


def test_the_twin_of_checking_in_while_staff_note_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(settling, "first_of", hesitating(settling.first_of))
    meeting, calls = checking_in_and_being_noted(session)
    answers = at_once(trying(call) for call in calls)
    wrong = [one for one in answers if isinstance(one, Exception)]
    assert wrong or set(counted(meeting).values()) != {("excused", "staff")}


def test_a_check_in_and_its_striking_at_once_leave_it_struck_or_not_done(session):
    meeting, [amina], by = meeting_of(session), cast.people(1), cast.secretary()
    [registration] = registered(session, amina)
    facts = {"registration": registration, "meeting": meeting, "by": by, "now": START}
    answers = at_once([*checking_in(meeting, [amina] * 6, START), *[lambda: actions.strike(**facts)] * 3])
    row = Attendance.objects.get()
    told = [answer for answer in answers if isinstance(answer, errors.NotCheckedIn)]
    assert (row.struck_at is None) == (len(told) == 3)
    assert row.counts == (row.struck_at is None)
