"""What is deleted after a time, or with a person; and that attendance stays."""

from datetime import timedelta

import pytest

from accounts.erasing import erase
from platform_reports import actions, errors
from platform_reports.actions.deciding import Said
from platform_reports.decisions import ASIDE
from platform_reports.models import Alias, PlatformReport, Trace
from platform_reports.my_data import my_data
from tests import cast
from tests.attendance.making import DAY, counted, meeting_of

from .making import END, joins, lengths, named, noted, told, webinar

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_after_sixty_days_names_addresses_and_hours_go_and_attendance_stays():
    session, by = webinar(), cast.secretary()
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    meeting = meeting_of(session)
    report = noted(
        meeting,
        joins(
            ("Amina Diallo", amina.person.email, 0, 30),
            ("Ben Kim", "", 0, 0.5),
            ("Nobody", "n@mail.example", 0, 9),
        ),
        by=by,
        file_name="Amina's meeting.csv",
    )
    second = noted(meeting, joins(("Amina Diallo", "", 20, 50)), by=by, now=END + SECOND)
    before = told(meeting), counted(meeting)
    assert before[0][amina.pk] == ("present", 50)
    assert actions.forget_old(now=END + 60 * DAY - SECOND) == 0
    assert actions.forget_old(now=END + 60 * DAY) == 1
    assert set(report.traces.values_list("name", "email")) == {("", "")}
    assert [trace.spans for trace in report.traces.all()] == [[], [], []]
    report.refresh_from_db()
    assert (report.file_name, report.erased_at) == ("", END + 60 * DAY)
    assert (told(meeting), counted(meeting)) == before
    assert not Trace.objects.to_decide().exists()
    trace = report.traces.first()
    with pytest.raises(errors.TracesAreErased):
        actions.decide(report=report, said={trace.pk: Said(ASIDE, str(amina.pk))}, by=by, now=END + 60 * DAY)

    # What comes later is counted anew, and makes no minutes fewer that cannot be counted any more.
    noted(meeting, joins(("Ben Kim", "", 10, 30)), by=by, now=END + 61 * DAY)
    assert told(meeting) == {amina.pk: ("present", 50), ben.pk: ("present", 20)}
    actions.take_back(report=second, by=by, now=END + 61 * DAY)
    assert told(meeting)[amina.pk] == ("present", 50)
    assert actions.forget_old(now=END + 62 * DAY) == 0


def test_the_same_file_may_be_read_again_when_its_traces_are_gone():
    session, by = webinar(), cast.secretary()
    [amina] = named(session, "Amina Diallo")
    meeting, reading = meeting_of(session), joins(("Amina Diallo", "", 0, 30))
    noted(meeting, reading, by=by)
    actions.forget_old(now=END + 60 * DAY)
    again = noted(meeting, reading, by=by, now=END + 61 * DAY)
    assert (again.erased_at, PlatformReport.objects.count()) == (None, 1)
    assert again.traces.get().name == "Amina Diallo"
    assert told(meeting) == {amina.pk: ("present", 30)}


def test_a_person_who_is_erased_is_forgotten_and_their_presence_stays():
    session, by = webinar(), cast.secretary()
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    meeting = meeting_of(session)
    Alias.objects.create(person=amina.person, email="home@mail.example")
    report = noted(
        meeting,
        joins(("Amina Diallo", "", 0, 30), ("x", "home@mail.example", 10, 40), ("Ben Kim", "", 0, 30)),
        by=by,
    )
    elsewhere = noted(meeting_of(webinar()), lengths(("A.", amina.person.email, 5)), by=by)
    data = my_data(amina.person)
    assert [row["name"] for row in data["in_platform_reports"]] == ["Amina Diallo", "x", "A."]
    assert [row["email"] for row in data["known_in_calls_as"]] == ["home@mail.example"]
    erase(person=amina.person, by=amina.person, now=END + DAY)
    assert [trace.name for trace in report.traces.all()] == ["", "", "Ben Kim"]
    assert elsewhere.traces.get().email == ""
    assert not Alias.objects.exists()
    assert told(meeting) == {amina.pk: ("present", 40), ben.pk: ("present", 30)}
    noted(meeting, joins(("Ben Kim", "", 30, 60)), by=by, now=END + DAY)
    assert told(meeting) == {amina.pk: ("present", 40), ben.pk: ("present", 60)}
