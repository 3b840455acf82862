"""What happens between two readings, two meetings and two people: nothing comes back, and nobody is taken for another."""

import pytest

from accounts.erasing import erase
from attendance.errors import MeetingDidNotHappen
from platform_reports import actions
from platform_reports.actions.deciding import Said
from platform_reports.attention import people_to_decide
from platform_reports.decisions import ASIDE, Decision
from platform_reports.models import Alias, PlatformReport, Trace
from registrations import actions as registration_actions
from tests import cast
from tests.attendance.making import DAY, START, meeting_of, program

from .making import END, HOUR, MINUTE, hows, joins, named, noted, told, webinar

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return cast.secretary()


def decide(trace, decision, *, by, now=END):
    said = {trace.pk: Said(decision, trace.stands_as)}
    return actions.decide(report=trace.report, said=said, by=by, now=now)


def test_a_name_without_letters_teaches_nothing_and_takes_nothing_that_was_learned(by):
    session = webinar()
    [amina] = named(session, "Amina Diallo")
    home = Alias.objects.create(person=amina.person, email="home@mail.example")
    report = noted(meeting_of(session), joins(("🎉", "", 0, 30)), by=by)
    decide(report.traces.get(), Decision(amina.pk), by=by)
    decide(report.traces.get(), ASIDE, by=by)
    assert list(Alias.objects.all()) == [home]


def test_a_name_somebody_came_under_once_is_not_taken_from_who_really_has_it(by):
    first, second = webinar(), webinar()
    [ben] = named(first, "Ben Kim")
    decide(
        noted(meeting_of(first), joins(("Amina Diallo", "", 0, 30)), by=by).traces.get(),
        Decision(ben.pk),
        by=by,
    )
    cast.register(second, ben.person, now=START - DAY)
    assert hows(noted(meeting_of(second), joins(("Amina Diallo", "", 0, 30)), by=by)) == ["alias"]
    third = webinar()
    cast.register(third, ben.person, now=START - DAY)
    named(third, "Amina Diallo")
    assert hows(noted(meeting_of(third), joins(("Amina Diallo", "", 0, 30)), by=by)) == [""]


def test_who_was_erased_does_not_come_back_when_the_file_is_read_anew_and_their_presence_stays(by):
    session = webinar()
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    walk_in, meeting = cast.person("Walk In"), meeting_of(session)
    reading = joins(
        ("Amina Diallo", "", 0, 30), ("Benny", "", 0, 40), ("Ami", "", 10, 50), ("W", walk_in.email, 0, 9)
    )
    decisions = {3: Decision(ben.pk), 4: Decision(amina.pk)}
    noted(meeting, reading, by=by, sha256="a", decisions=decisions)
    erase(person=amina.person, by=amina.person, now=END + DAY)
    erase(person=walk_in, by=walk_in, now=END + DAY)
    noted(meeting, reading, by=by, sha256="a", present_from=2, now=END + 2 * DAY)
    assert sorted(Trace.objects.values_list("name", "email")) == [("", "")] * 3 + [("Benny", "")]
    assert told(meeting) == {amina.pk: ("present", 50), ben.pk: ("present", 40)}
    actions.forget_old(now=END + 62 * DAY)
    noted(meeting, reading, by=by, sha256="a", present_from=2, now=END + 63 * DAY)
    assert "Amina Diallo" not in Trace.objects.values_list("name", flat=True)
    assert told(meeting) == {amina.pk: ("present", 50), ben.pk: ("present", 40)}


def test_nobody_is_asked_who_an_erased_person_was(by):
    walk_in = cast.person("Walk In")
    noted(meeting_of(webinar()), joins(("W", walk_in.email, 0, 30)), by=by)
    assert people_to_decide(by, END).lines
    erase(person=walk_in, by=walk_in, now=END + DAY)
    assert not people_to_decide(by, END + DAY).lines
    assert not Trace.objects.to_decide().exists()


def test_a_report_from_before_the_meeting_was_put_off_waits_for_nobody_and_may_be_taken_back(by):
    session = webinar()
    noted(meeting_of(session), joins(("Nobody", "", 0, 30)), by=by, now=START + 10 * MINUTE)
    times = {"starts_at": START + 3 * DAY, "ends_at": END + 3 * DAY}
    registration_actions.reschedule(session=session, by=by, now=START + 20 * MINUTE, **times)
    assert not people_to_decide(by, START + HOUR).lines
    assert actions.take_back(report=PlatformReport.objects.get(), by=by, now=START + HOUR) == 0
    assert not PlatformReport.objects.exists()


def test_who_gave_the_place_back_after_the_meeting_began_is_found_in_its_report(by):
    session = webinar()
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    registration_actions.cancel(registration=amina, by=amina.person, now=START + 40 * MINUTE)
    registration_actions.cancel(registration=ben, by=ben.person, now=START - MINUTE)
    report = noted(meeting_of(session), joins(("Amina Diallo", "", 0, 40), ("Ben Kim", "", 0, 9)), by=by)
    assert hows(report) == ["name", ""]
    assert told(meeting_of(session)) == {amina.pk: ("present", 40)}


def test_of_a_session_cancelled_midway_the_meeting_that_took_place_has_its_report(by):
    session = program(days=2)
    [amina] = named(session, "Amina Diallo")
    registration_actions.cancel_session(session=session, reason="Flood", by=by, now=START + 10 * HOUR)
    noted(meeting_of(session), joins(("Amina Diallo", "", 0, 60)), by=by, now=START + 11 * HOUR)
    assert told(meeting_of(session)) == {amina.pk: ("present", 60)}
    with pytest.raises(MeetingDidNotHappen):
        noted(meeting_of(session, 2), joins(("Amina Diallo", "", 0, 60), start=START + DAY), by=by)


def test_an_erased_persons_address_goes_too_where_somebody_else_came_with_it(by):
    session, anna = webinar(), cast.person("Anna Lind")
    ben, chen = named(session, "Ben Kim", "Chen Wu")
    report = noted(meeting_of(session), joins(("Annas laptop", anna.email, 0, 30), ("c", "", 0, 9)), by=by)
    first, second = report.traces.all()
    decide(first, Decision(ben.pk), by=by)
    decide(second, Decision(chen.pk), by=by)
    erase(person=anna, by=anna, now=END + DAY)
    assert [alias.name for alias in Alias.objects.all()] == ["c"]
    assert told(meeting_of(session))[ben.pk] == ("present", 30)


def test_taken_back_a_report_has_taught_nothing(by):
    session = webinar()
    [ben] = named(session, "Ben Kim")
    meeting, reading = meeting_of(session), joins(("Benny", "", 0, 30), ("🎉", "", 0, 9))
    decisions = {2: Decision(ben.pk), 3: Decision(ben.pk)}
    home = Alias.objects.create(person=ben.person, email="home@mail.example")
    report = noted(meeting, reading, by=by, sha256="a", decisions=decisions)
    assert Alias.objects.count() == 2
    actions.take_back(report=report, by=by, now=END)
    assert list(Alias.objects.all()) == [home]
    assert hows(noted(meeting, reading, by=by, sha256="a")) == ["", ""]


def test_a_meeting_that_is_put_off_by_mistake_and_put_back_has_its_report_again(by):
    session = webinar()
    [amina] = named(session, "Amina Diallo")
    noted(meeting_of(session), joins(("Amina Diallo", "", 0, 30)), by=by, now=START + 30 * MINUTE)
    for days, said in ((3, {}), (0, {amina.pk: ("present", 30)})):
        times = {"starts_at": START + days * DAY, "ends_at": END + days * DAY}
        registration_actions.reschedule(session=session, by=by, now=START + 31 * MINUTE, **times)
        assert told(meeting_of(session)) == said


def test_when_the_hours_of_the_meeting_are_corrected_the_same_file_is_read_anew(by):
    session = webinar()
    [amina] = named(session, "Amina Diallo")
    reading = joins(("Amina Diallo", "", -60, -1))
    noted(meeting_of(session), reading, by=by, sha256="a", now=START + 30 * MINUTE)
    assert told(meeting_of(session)) == {}
    longer = [(START - HOUR, END, "")]
    registration_actions.reschedule(session=session, meetings=longer, by=by, now=START + 31 * MINUTE)
    noted(meeting_of(session), reading, by=by, sha256="a", now=START + 32 * MINUTE)
    assert told(meeting_of(session)) == {amina.pk: ("present", 59)}


def test_who_was_there_for_all_of_a_meeting_that_was_made_shorter_was_present(by):
    session = webinar()
    [amina] = named(session, "Amina Diallo")
    reading = joins(("Amina Diallo", "", 0, 60), ("Nobody", "", 0, 1))
    noted(meeting_of(session), reading, by=by, present_from=45, now=START + 20 * MINUTE)
    shorter = [(START, START + 30 * MINUTE, "")]
    registration_actions.reschedule(session=session, meetings=shorter, by=by, now=START + 21 * MINUTE)
    decide(Trace.objects.get(name="Nobody"), ASIDE, by=by)
    assert told(meeting_of(session)) == {amina.pk: ("present", 30)}


def test_whoever_was_in_a_call_of_less_than_a_minute_was_present(by):
    session = cast.session(meetings=[(START, START + MINUTE / 2, "")])
    [amina] = named(session, "Amina Diallo")
    noted(meeting_of(session), joins(("Amina Diallo", "", 0, 30)), by=by)
    assert told(meeting_of(session)) == {amina.pk: ("present", 0)}
