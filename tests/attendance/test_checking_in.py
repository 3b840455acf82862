"""Who may check in when, and what it leaves: each rule at its edge."""

from datetime import timedelta

import pytest

from attendance import actions, errors
from attendance.check_in import codes, finding
from attendance.models import Attendance
from catalog.models import Meeting
from registrations import actions as registration_actions
from registrations.models import Registration
from tests import cast

from .making import DAY, HOUR, START, counted, meeting_of, program, registered

pytestmark = pytest.mark.django_db

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
OPENS = START - 15 * MINUTE
STAFF, REPORT, CHECK_IN, CLOSING = Attendance.Source.values


@pytest.fixture
def by():
    return cast.secretary()


def check_in(meeting, person, at, *, seen_at=None):
    return actions.check_in(meeting=meeting, person=person, seen_at=seen_at or at, by=person, now=at)


def why(meeting, person, at, *, seen_at=None) -> type:
    with pytest.raises(errors.Refused) as caught:
        check_in(meeting, person, at, seen_at=seen_at)
    assert caught.value.sentence
    return type(caught.value)


@pytest.mark.parametrize("at", [OPENS, START, START + 6 * HOUR - SECOND])
def test_from_a_quarter_of_an_hour_before_to_the_last_second(meeting, amina, at):
    row = check_in(meeting, amina, at)
    assert (row.state, row.source, row.noted_by, row.noted_at) == ("present", CHECK_IN, amina, at)
    assert counted(meeting) == {row.registration_id: ("present", CHECK_IN)}


def test_a_second_too_early_is_told_from_when_and_a_second_later_is_in_time(meeting, amina):
    with pytest.raises(errors.CheckInNotOpen) as caught:
        check_in(meeting, amina, OPENS - SECOND)
    assert caught.value.sentence == "Check-in opens: Tuesday 8 December 2026, 17:45 (Seoul, UTC+9)."
    assert not Attendance.objects.exists()
    # The page of who came too early is pressed again: it counts as of now.
    row = check_in(meeting, amina, OPENS, seen_at=OPENS - MINUTE)
    assert row.noted_at == OPENS


def test_at_its_end_a_meeting_is_over(meeting, amina):
    end = meeting.ends_at
    assert why(meeting, amina, end) is errors.CheckInIsOver


def test_who_saw_the_code_in_time_is_noted_as_of_then_also_after_the_end(meeting, amina):
    end = meeting.ends_at
    row = check_in(meeting, amina, end + 10 * MINUTE, seen_at=end - SECOND)
    assert row.noted_at == end - SECOND


def test_but_not_once_the_list_is_closed(meeting, amina, by):
    end = meeting.ends_at
    actions.close(meeting=meeting, by=by, now=end)
    assert why(meeting, amina, end + MINUTE, seen_at=end - SECOND) is errors.ListIsClosed
    assert list(counted(meeting).values()) == [("absent", CLOSING)]


def test_checked_in_again_changes_nothing(meeting, amina, by):
    first = check_in(meeting, amina, START)
    again = check_in(meeting, amina, START + HOUR)
    assert (again.pk, again.noted_at) == (first.pk, START)
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    assert check_in(meeting, amina, meeting.ends_at).pk == first.pk, "not even a refusal"


def test_staffs_word_stays_and_goes_first(meeting, amina, by):
    registration = Registration.objects.get()
    actions.note(registration=registration, meeting=meeting, state="excused", by=by, now=START)
    check_in(meeting, amina, START)
    assert counted(meeting) == {registration.pk: ("excused", STAFF)}
    assert Attendance.objects.count() == 2


def test_whose_check_in_was_struck_cannot_do_it_again_until_it_stands(meeting, amina, by):
    registration = check_in(meeting, amina, START).registration
    actions.strike(registration=registration, meeting=meeting, by=by, now=START)
    assert why(meeting, amina, START) is errors.CheckInIsStruck
    actions.let_stand(registration=registration, meeting=meeting, by=by, now=START)
    assert check_in(meeting, amina, START).struck_at is None


def test_who_has_no_place_is_told_why(meeting, session, amina, by):
    assert why(meeting, cast.person("Stranger"), START) is errors.NotRegistered
    registration = Registration.objects.get()
    registration_actions.cancel(registration=registration, by=amina, now=START - DAY)
    assert why(meeting, amina, START) is errors.PlaceGivenBack
    full = program(places=1)
    registered(full, cast.person("First"), amina)
    assert why(meeting_of(full), amina, START) is errors.WaitsForPlace
    assert not Attendance.objects.exists()


def test_who_got_the_place_after_the_meeting_was_not_expected_there():
    session = program(late_registration=True)
    meeting, late = meeting_of(session), cast.person("Late")
    cast.register(session, late, now=meeting.ends_at)
    assert (
        why(meeting, late, meeting.ends_at + MINUTE, seen_at=meeting.ends_at - MINUTE)
        is errors.PlaceCameLater
    )


def test_a_meeting_that_was_called_off(meeting, session, amina, by):
    registration_actions.cancel_session(session=session, reason="Flood", by=by, now=START - HOUR)
    assert why(meeting, amina, START) is errors.MeetingDidNotHappen


def test_who_was_typed_as_a_guest_and_registered_since_is_counted_once(by):
    session, newcomer = program(late_registration=True), cast.person("New Comer")
    meeting = meeting_of(session)
    facts = {"name": "New", "email": newcomer.email, "language": "en", "by": by}
    actions.note_guest(meeting=meeting, now=START, **facts)
    cast.register(session, newcomer, now=START + MINUTE)
    check_in(meeting, newcomer, START + 2 * MINUTE)
    assert not meeting.guests.filter(registration=None).exists()


# Which meeting a code opens


def opened(meeting: Meeting, at, person=None, *, code_at=None) -> Meeting | None:
    return finding.meeting_of(codes.code_at(meeting.pk, code_at or at), person, at)


def test_a_code_opens_its_own_meeting_from_when_its_screen_may_be_shown_until_it_just_ended(meeting):
    assert opened(meeting, START) == meeting
    assert opened(meeting, START - 2 * HOUR) == meeting
    assert opened(meeting, START - 2 * HOUR - SECOND) is None, "a meeting to come"
    end = meeting.ends_at
    assert opened(meeting, end + 50 * SECOND, code_at=end - SECOND) is None, "two steps before"
    assert opened(meeting, end + 29 * SECOND, code_at=end - SECOND) == meeting, "to be told that it is over"
    assert opened(meeting, end + MINUTE) is None


def test_it_opens_no_other_meeting_of_the_session_or_of_another(session, meeting):
    other = program()
    for one in (meeting_of(session, 2), meeting_of(other)):
        found = opened(one, START)
        assert found == (None if one.session == session else one)


def test_of_two_with_the_same_code_it_is_the_one_where_the_person_has_a_place(
    amina, session, meeting, monkeypatch
):
    other = meeting_of(program())
    monkeypatch.setattr(codes, "opens", lambda code, pk, moment: True)
    stranger = cast.person("Stranger")
    registered(other.session, stranger)
    assert finding.meeting_of("SAME00", amina, START) == meeting
    assert finding.meeting_of("SAME00", stranger, START) == other


# What somebody is told of their meetings


def test_mine_are_those_on_now_else_the_next_one(amina, session, meeting, django_assert_num_queries):
    def mine(at):
        return [(one.meeting, one.is_open, bool(one.checked_in_at)) for one in finding.mine(amina, at)]

    assert mine(START - 8 * DAY) == []
    assert mine(OPENS - SECOND) == [(meeting, False, False)]
    check_in(meeting, amina, START)
    with django_assert_num_queries(3):
        assert mine(START) == [(meeting, True, True)]
    assert mine(meeting.ends_at) == [(meeting_of(session, 2), False, False)]
    other = program()
    registered(other, amina)
    assert {one for one, *_rest in mine(START)} == {meeting, meeting_of(other)}
    assert finding.mine(cast.person("Stranger"), START) == []
