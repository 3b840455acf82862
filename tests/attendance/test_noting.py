"""Each source keeps its row, the first in rank counts, and nobody is absent before the list is closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from attendance import actions, errors
from attendance.models import Attendance
from catalog.errors import MeetingIsOnRecord
from registrations import actions as registration_actions
from tests import cast

from .making import DAY, HOUR, START, counted, meeting_of, program, registered

pytestmark = pytest.mark.django_db

STAFF, REPORT, CHECK_IN, CLOSING = Attendance.Source.values


@pytest.fixture
def by():
    return cast.secretary()


def test_staff_go_before_a_report_and_a_report_before_check_in_in_whatever_order_they_come(by):
    meeting = meeting_of(session := program())
    [one, two, three] = registered(session)

    def say(registration, source, state, **more):
        actions.note(
            registration=registration, meeting=meeting, source=source, state=state, by=by, now=START, **more
        )

    say(one, CHECK_IN, "present")
    say(one, REPORT, "absent", minutes=3)
    say(two, STAFF, "excused")
    say(two, REPORT, "present", minutes=88)
    say(three, REPORT, "present", minutes=70)
    say(three, CHECK_IN, "present")
    assert counted(meeting) == {
        one.pk: ("absent", REPORT),
        two.pk: ("excused", STAFF),
        three.pk: ("present", REPORT),
    }
    assert meeting.attendance.count() == 6, "each source keeps its row"

    actions.clear(registration=two, meeting=meeting, by=by, now=START)
    assert counted(meeting)[two.pk] == ("present", REPORT)
    actions.clear(registration=two, meeting=meeting, source=REPORT, by=by, now=START)
    assert two.pk not in counted(meeting)
    assert not actions.clear(registration=two, meeting=meeting, by=by, now=START)


def test_the_same_source_speaks_again_and_its_first_word_gives_way(by):
    meeting = meeting_of(session := program())
    [one, *_others] = registered(session)
    for state, minutes in (("present", 300), ("excused", None)):
        actions.note(registration=one, meeting=meeting, state=state, minutes=minutes, by=by, now=START)
    row = Attendance.objects.get()
    assert (row.state, row.minutes, row.counts, row.noted_by) == ("excused", None, True, by)


@pytest.mark.parametrize(
    ("state", "before", "taken"),
    [
        ("present", 2 * HOUR, True),
        ("present", 2 * HOUR + timedelta(seconds=1), False),
        ("absent", 3 * HOUR, False),
        ("excused", 4 * DAY, True),
    ],
)
def test_who_is_there_is_noted_from_two_hours_before_and_who_is_excused_at_any_time(by, state, before, taken):
    meeting = meeting_of(session := program())
    [one, *_others] = registered(session)
    noting = {"registration": one, "meeting": meeting, "state": state, "by": by, "now": START - before}
    if taken:
        assert actions.note(**noting).counts
    else:
        with pytest.raises(errors.TooEarly) as refused:
            actions.note(**noting)
        assert "16:00" in refused.value.sentence, "on the clock of Seoul, where the list lies"
        assert not Attendance.objects.exists()


def test_who_has_no_place_is_not_on_the_list_and_who_gave_it_up_stays_where_they_were(by):
    session = program(places=2)
    [one, _two, waiting] = registered(session)
    first, second = meeting_of(session, 1), meeting_of(session, 2)
    with pytest.raises(errors.HasNoPlace):
        actions.note(registration=waiting, meeting=first, state="present", by=by, now=START)

    actions.note(registration=one, meeting=first, state="present", by=by, now=START)
    registration_actions.cancel(registration=one, by=by, now=START + HOUR)
    actions.note(registration=one, meeting=first, state="present", minutes=40, by=by, now=START + HOUR)
    with pytest.raises(errors.HasNoPlace):
        actions.note(registration=one, meeting=second, state="present", by=by, now=START + DAY)
    assert Attendance.objects.get().minutes == 40


def test_a_list_is_closed_after_the_meeting_and_then_who_had_a_place_and_was_not_noted_was_absent(by):
    session = program(late_registration=True)
    [one, two, three] = registered(session)
    first, second = meeting_of(session, 1), meeting_of(session, 2)
    actions.note(registration=one, meeting=first, state="present", by=by, now=START)
    actions.note(registration=two, meeting=first, state="excused", by=by, now=START)
    with pytest.raises(errors.NotOverYet):
        actions.close(meeting=first, by=by, now=first.ends_at - timedelta(seconds=1))
    assert len(counted(first)) == 2

    late = cast.register(session, now=first.ends_at + HOUR)
    actions.close(meeting=first, by=by, now=first.ends_at + 2 * HOUR)
    assert counted(first) == {
        one.pk: ("present", STAFF),
        two.pk: ("excused", STAFF),
        three.pk: ("absent", CLOSING),
    }, f"{late.pk} came to the session when this meeting was over"
    assert counted(second) == {}


def test_a_closed_list_takes_nothing_until_it_is_opened_again_with_a_reason(by):
    session = program()
    [one, two, _three] = registered(session)
    meeting = meeting_of(session)
    actions.note(registration=one, meeting=meeting, state="present", by=by, now=START)
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    late = meeting.ends_at + HOUR
    for refused in (
        lambda: actions.note(registration=two, meeting=meeting, state="present", by=by, now=late),
        lambda: actions.clear(registration=one, meeting=meeting, by=by, now=late),
        lambda: actions.close(meeting=meeting, by=by, now=late),
    ):
        with pytest.raises(errors.ListIsClosed):
            refused()
    with pytest.raises(errors.ReasonMissing):
        actions.open_again(meeting=meeting, by=by, why="  ", now=late)

    opened = actions.open_again(meeting=meeting, by=by, why="Two came by the other door.", now=late)
    assert (opened.opened_by, opened.why_opened) == (by, "Two came by the other door.")
    assert counted(meeting) == {one.pk: ("present", STAFF)}, "nobody is absent any more"
    with pytest.raises(errors.ListIsOpen):
        actions.open_again(meeting=meeting, by=by, why="Again", now=late)
    actions.note(registration=two, meeting=meeting, state="present", by=by, now=late)
    actions.close(meeting=meeting, by=by, now=late)
    assert sorted(counted(meeting).values()) == [("absent", CLOSING), ("present", STAFF), ("present", STAFF)]
    assert meeting.closings.count() == 2


def test_of_a_cancelled_session_the_meetings_before_it_was_cancelled_keep_their_lists(by):
    session = program()
    [one, *_others] = registered(session)
    first, second = meeting_of(session, 1), meeting_of(session, 2)
    actions.note(registration=one, meeting=first, state="present", by=by, now=START)
    registration_actions.cancel_session(session=session, reason="Flood", by=by, now=START + 10 * HOUR)

    actions.note(registration=one, meeting=first, state="present", minutes=360, by=by, now=START + DAY)
    with pytest.raises(errors.MeetingDidNotHappen):
        actions.note(registration=one, meeting=second, state="present", by=by, now=START + DAY)
    with pytest.raises(errors.MeetingDidNotHappen):
        actions.close(meeting=second, by=by, now=second.ends_at)
    actions.close(meeting=first, by=by, now=START + DAY)
    assert list(counted(first).values()) == [("present", STAFF)], "the others hold no place any more"


def test_a_meeting_with_attendance_keeps_its_row_when_it_moves_and_cannot_be_taken_out(by):
    session = program()
    [one, *_others] = registered(session)
    first, second, third = session.meetings.order_by("starts_at")
    actions.note(registration=one, meeting=second, state="excused", by=by, now=START)
    later = [(m.starts_at + HOUR, m.ends_at + HOUR, m.title) for m in (first, second, third)]
    registration_actions.reschedule(session=session, meetings=later, by=by, now=START - DAY)
    second.refresh_from_db()
    assert second.starts_at == START + DAY + HOUR
    assert counted(second) == {one.pk: ("excused", STAFF)}

    with pytest.raises(MeetingIsOnRecord), transaction.atomic():
        registration_actions.reschedule(
            session=session, meetings=[later[0], later[2]], by=by, now=START - DAY
        )
    assert session.meetings.count() == 3
    with pytest.raises(ProtectedError), transaction.atomic():
        second.delete()


def test_who_was_noted_at_the_door_of_a_meeting_that_was_then_put_off_was_not_there(by):
    session = program(days=1)
    [one, two, _three] = registered(session)
    meeting = meeting_of(session)
    actions.note(registration=one, meeting=meeting, state="present", by=by, now=START - HOUR)
    actions.note(registration=two, meeting=meeting, state="excused", by=by, now=START - HOUR)
    registration_actions.reschedule(session=session, starts_at=START + 7 * DAY, by=by, now=START - HOUR)
    assert counted(meeting) == {two.pk: ("excused", STAFF)}


def test_the_database_takes_no_second_row_that_counts(by):
    session = program()
    [one, *_others] = registered(session)
    facts = {"registration": one, "meeting": meeting_of(session), "state": "present", "counts": True}
    Attendance.objects.create(source=STAFF, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(source=REPORT, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(source=CLOSING, **facts | {"counts": False})
