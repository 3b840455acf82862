"""What a report says becomes attendance: present from so many minutes on, several reports united, nothing twice."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from attendance import actions as attendance
from attendance import errors as attendance_errors
from attendance.models import Attendance
from catalog.errors import MeetingIsOnRecord
from platform_reports import actions, errors
from platform_reports.decisions import ASIDE, Decision
from platform_reports.models import PlatformReport, Trace
from registrations import actions as registration_actions
from tests import cast
from tests.attendance.making import DAY, START, counted, meeting_of

from .making import END, HOUR, MINUTE, hows, joins, lengths, named, note, noted, told, webinar

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return webinar()


@pytest.fixture
def by():
    return cast.secretary()


def test_who_was_there_for_at_least_so_many_minutes_is_present_and_who_was_less_absent(session, by):
    amina, ben, chen, dina = named(session, "Amina Diallo", "Ben Kim", "Chen Wu", "Dina Faye")
    reading = joins(
        ("Amina Diallo", "", -10, 70),
        ("Ben Kim", "", 0, 10),
        ("Chen Wu", "", 50.1, 60),
        ("Dina Faye", "", 59.5, 60),
    )
    meeting = meeting_of(session)
    report = noted(meeting, reading, by=by, present_from=10)
    assert told(meeting) == {
        amina.pk: ("present", 60),
        ben.pk: ("present", 10),
        chen.pk: ("absent", 9),
        dina.pk: ("absent", 0),
    }
    assert counted(meeting)[chen.pk] == ("absent", "report")
    assert (report.lines, report.read_by, report.read_at) == (4, by, END)


def test_unknown_minutes_stay_unknown_and_who_was_there_is_present(session, by):
    amina, ben, chen = named(session, "Amina Diallo", "Ben Kim", "Chen Wu")
    meeting = meeting_of(session)
    noted(
        meeting,
        lengths(("Amina Diallo", "", None), ("Ben Kim", "", 4), ("Chen Wu", "", 90)),
        by=by,
        present_from=5,
    )
    assert told(meeting) == {amina.pk: ("present", None), ben.pk: ("absent", 4), chen.pk: ("present", 60)}


def test_who_was_in_the_call_before_or_after_only_is_no_word_of_attendance(session, by):
    named(session, "Amina Diallo")
    meeting = meeting_of(session)
    report = noted(meeting, joins(("Amina Diallo", "", -30, 0), ("Who Knows", "", 60, 80)), by=by)
    assert told(meeting) == {}
    assert [trace.is_outside for trace in report.traces.all()] == [True, True]
    assert not Trace.objects.to_decide().exists()


def test_several_reports_of_a_call_that_was_restarted_are_united(session, by):
    amina, ben, chen = named(session, "Amina Diallo", "Ben Kim", "Chen Wu")
    meeting = meeting_of(session)
    noted(meeting, joins(("Amina Diallo", "", 0, 25), ("Ben Kim", "", 0, 25)), by=by)
    noted(meeting, joins(("Amina Diallo", "", 20, 45), ("Amina D.", amina.person.email, 50, 55)), by=by)
    assert told(meeting) == {amina.pk: ("present", 50), ben.pk: ("present", 25)}
    noted(meeting, lengths(("Chen Wu", "", 20), ("Ben Kim", "", None)), by=by)
    noted(meeting, lengths(("Chen Wu", "", 25), ("Ben Kim", "", 10)), by=by)
    assert told(meeting) == {
        amina.pk: ("present", 50),
        ben.pk: ("present", 25),
        chen.pk: ("present", 45),
    }
    noted(meeting, lengths(("Chen Wu", "", 55)), by=by)
    assert told(meeting)[chen.pk] == ("present", 60)


def test_known_minutes_too_few_beside_unknown_ones_are_no_absence(session, by):
    [amina] = named(session, "Amina Diallo")
    meeting = meeting_of(session)
    noted(meeting, lengths(("Amina Diallo", "", 3)), by=by, present_from=10)
    assert told(meeting) == {amina.pk: ("absent", 3)}
    noted(meeting, lengths(("Amina Diallo", "", None)), by=by, present_from=10)
    assert told(meeting) == {amina.pk: ("present", None)}


def test_staff_s_word_goes_before_the_report_and_a_report_before_a_check_in(session, by):
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    meeting = meeting_of(session)
    attendance.note(registration=amina, meeting=meeting, state="excused", by=by, now=START)
    attendance.note(
        registration=ben, meeting=meeting, state="present", source="check_in", by=ben.person, now=START
    )
    noted(meeting, joins(("Amina Diallo", "", 0, 60), ("Ben Kim", "", 0, 2)), by=by, present_from=5)
    assert counted(meeting) == {amina.pk: ("excused", "staff"), ben.pk: ("absent", "report")}
    assert Attendance.objects.filter(meeting=meeting).count() == 4


def test_the_same_file_again_changes_nothing(session, by):
    named(session, "Amina Diallo")
    meeting, reading = meeting_of(session), joins(("Amina Diallo", "", 0, 30), ("Nobody", "", 0, 30))
    first = note(meeting, reading, by=by)
    before = list(Attendance.objects.values()), list(Trace.objects.values())
    again = note(meeting, reading, by=cast.coordinator(), now=END + HOUR, decisions={3: ASIDE})
    assert (again.is_new, again.report.pk, again.report.read_at) == (False, first.report.pk, END)
    assert (list(Attendance.objects.values()), list(Trace.objects.values())) == before


def test_read_again_on_another_clock_or_threshold_it_takes_the_place_of_its_earlier_reading(session, by):
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    meeting, sha = meeting_of(session), "a" * 64
    wrong = joins(("Amina Diallo", "", -60, 30), ("Benny", "", -60, 30), ("x", "", 0, 9), zone="Asia/Tokyo")
    first = noted(meeting, wrong, by=by, sha256=sha, decisions={3: Decision(ben.pk), 4: ASIDE})
    right = joins(("Amina Diallo", "", 0, 59), ("Benny", "", 0, 59), ("x", "", 0, 9))
    second = note(meeting, right, by=by, sha256=sha, now=END + HOUR)
    assert (second.is_new, second.report.pk, second.report.zone) == (True, first.pk, "Asia/Seoul")
    assert told(meeting) == {amina.pk: ("present", 59), ben.pk: ("present", 59)}
    assert hows(second.report) == ["name", "staff", "aside"], "what staff had decided stays"
    third = note(meeting, right, by=by, sha256=sha, present_from=60)
    assert (third.is_new, third.changes) == (True, 2)
    assert {state for state, _minutes in told(meeting).values()} == {"absent"}
    assert PlatformReport.objects.count() == 1


def test_a_report_of_another_day_a_closed_list_and_a_meeting_to_come_are_refused(session, by):
    named(session, "Amina Diallo")
    meeting, reading = meeting_of(session), joins(("Amina Diallo", "", 0, 60))
    with pytest.raises(errors.OfAnotherDay):
        note(meeting, joins(("Amina Diallo", "", 0, 60), start=START + DAY), by=by)
    with pytest.raises(attendance_errors.TooEarly):
        note(meeting, reading, by=by, now=START - 2 * HOUR - timedelta(seconds=1))
    attendance.close(meeting=meeting, by=by, now=END)
    with pytest.raises(attendance_errors.ListIsClosed):
        note(meeting, reading, by=by)
    assert not PlatformReport.objects.exists()
    assert not Trace.objects.exists()


def test_a_meeting_that_was_called_off_takes_no_report(session, by):
    named(session, "Amina Diallo")
    registration_actions.cancel_session(session=session, reason="Flood", by=by, now=START - DAY)
    with pytest.raises(attendance_errors.MeetingDidNotHappen):
        note(meeting_of(session), joins(("Amina Diallo", "", 0, 60)), by=by)


def test_who_was_typed_at_the_door_and_is_in_the_report_counts_once(session, by):
    meeting = meeting_of(session)
    attendance.note_guest(
        meeting=meeting, name="Walk In", email="walk.in@city.example", language="en", by=by, now=START
    )
    late = cast.person("Late Comer", email="late@city.example")
    attendance.note_guest(
        meeting=meeting, name="Late Comer", email=late.email, language="en", by=by, now=START
    )
    registration = cast.register(session, late, now=START - HOUR)
    report = noted(
        meeting,
        joins(("Walk In", "walk.in@city.example", 0, 60), ("Late Comer", "late@city.example", 0, 60)),
        by=by,
    )
    assert hows(report) == ["guest", "email"]
    assert told(meeting) == {registration.pk: ("present", 60)}
    assert list(meeting.guests.values_list("email", "registration")) == [
        ("walk.in@city.example", None),
        ("", registration.pk),
    ]


def test_taken_back_it_is_as_if_it_had_never_been_read(session, by):
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    meeting = meeting_of(session)
    attendance.note(registration=ben, meeting=meeting, state="absent", by=by, now=START)
    first = noted(meeting, joins(("Amina Diallo", "", 0, 20)), by=by)
    second = noted(meeting, joins(("Amina Diallo", "", 20, 60), ("Ben Kim", "", 0, 60)), by=by)
    assert actions.take_back(report=second, by=by, now=END) == 2
    assert told(meeting) == {amina.pk: ("present", 20)}
    assert counted(meeting) == {amina.pk: ("present", "report"), ben.pk: ("absent", "staff")}
    attendance.close(meeting=meeting, by=by, now=END)
    with pytest.raises(attendance_errors.ListIsClosed):
        actions.take_back(report=first, by=by, now=END)
    assert PlatformReport.objects.get() == first
    attendance.open_again(meeting=meeting, by=by, why="A wrong file.", now=END)
    actions.take_back(report=first, by=by, now=END)
    assert actions.take_back(report=first, by=by, now=END) == 0
    assert told(meeting) == {}
    done = LogEntry.objects.get_for_model(PlatformReport).filter(action=LogEntry.Action.DELETE)
    assert done.count() == 2


def test_what_was_read_before_the_meeting_was_put_off_says_nothing_of_it(session, by):
    _amina, ben = named(session, "Amina Diallo", "Ben Kim")
    meeting = meeting_of(session)
    noted(meeting, lengths(("Amina Diallo", "", 50)), by=by, now=START)
    registration_actions.reschedule(
        session=session,
        meetings=[(START + DAY, END + DAY, "")],
        reason="A strike",
        by=by,
        now=START - 5 * MINUTE,
    )
    meeting.refresh_from_db()
    assert told(meeting) == {}
    noted(meeting, joins(("Ben Kim", "", 0, 40), start=START + DAY), by=by)
    assert told(meeting) == {ben.pk: ("present", 40)}


def test_many_are_noted_in_as_many_questions_as_few(session, by):
    counts = []
    for number in (10, 100):
        of = webinar(places=None)
        meeting = meeting_of(of)
        people = cast.people(number)
        for person in people:
            cast.register(of, person, now=START - DAY)
        reading = joins(
            *((one.name, "", 0, 30) for one in people), *((f"?{i}", "", 0, 9) for i in range(number))
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            noted(meeting, reading, by=by)
        assert len(told(meeting)) == number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45, counts


def test_a_meeting_of_which_a_report_was_read_cannot_be_taken_out_of_its_session(by):
    session = cast.session(meetings=[(START, END, ""), (START + DAY, END + DAY, "")])
    noted(meeting_of(session), joins(("Who Knows", "", 0, 9)), by=by, now=START)
    with pytest.raises(MeetingIsOnRecord), transaction.atomic():
        registration_actions.reschedule(
            session=session, meetings=[(START + DAY, END + DAY, "")], by=by, now=START - 5 * MINUTE
        )
    assert session.meetings.count() == 2
