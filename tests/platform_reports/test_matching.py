"""Whose traces they are, and what is learned from staff."""

from datetime import timedelta

import pytest

from accounts.models import FormerAddress
from attendance import errors as attendance_errors
from attendance.actions import close
from platform_reports import actions, errors
from platform_reports.actions.deciding import Said
from platform_reports.actions.learning import is_a_name
from platform_reports.decisions import ASIDE, LATER, Decision
from platform_reports.likeness import Likely
from platform_reports.matching import Listed
from platform_reports.models import Alias, Trace
from registrations.models import Registration
from tests import cast
from tests.attendance.making import DAY, meeting_of

from .making import END, hows, joins, named, noted, told, webinar

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def session():
    return webinar()


@pytest.fixture
def by():
    return cast.secretary()


def test_an_address_goes_before_an_alias_and_that_before_a_name(session, by):
    amina, ben, chen = named(session, "Amina Diallo", "Ben Kim", "Chen Wu")
    FormerAddress.objects.create(person=ben.person, email="ben@before.example")
    Alias.objects.create(person=chen.person, email="private@mail.example")
    Alias.objects.create(person=chen.person, name="wu xiansheng")
    report = noted(
        meeting_of(session),
        joins(
            ("Whoever", amina.person.email, 0, 9),
            ("Chen Wu", "ben@before.example", 0, 9),
            ("Ben Kim", "private@mail.example", 0, 9),
            ("Wu Xiānshēng", "", 0, 9),
            ("AMINA  DIALLÓ (Dakar)", "", 0, 9),
            ("Amina", "", 0, 9),
        ),
        by=by,
    )
    assert hows(report) == ["email", "email", "alias", "alias", "name", ""]
    assert [trace.registration for trace in report.traces.all()] == [amina, ben, chen, chen, amina, None]


def test_namesakes_are_never_matched_by_their_name_alone(session, by):
    one, two, single = named(session, "Ana Silva", "Ana  SILVA", "Maria Costa")
    report = noted(
        meeting_of(session),
        joins(
            ("Ana Silva", "", 0, 9),
            ("Ana Silva", two.person.email, 0, 9),
            ("Maria Costa", "m1@mail.example", 0, 9),
            ("Maria Costa", "m2@mail.example", 0, 9),
        ),
        by=by,
    )
    # The line without an address is united with the one that has it; of two in the call none is taken for Maria.
    assert hows(report) == ["email", "", ""]
    assert Likely([one, two, single]).people("Ana Silva") == [one, two]


def test_two_of_one_name_on_the_list_are_left_to_staff(session, by):
    named(session, "Ana Silva", "Ana Silva")
    assert hows(noted(meeting_of(session), joins(("Ana Silva", "", 0, 9)), by=by)) == [""]


def test_only_who_is_on_the_list_is_matched(session, by):
    meeting = meeting_of(session)
    stranger = cast.person("Not Registered")
    waiting = cast.session(meetings=[(meeting.starts_at, meeting.ends_at, "")], places=1)
    inside, outside = named(waiting, "Has Place", "Waits Only")
    assert outside.state == Registration.State.WAITING
    report = noted(
        meeting_of(waiting),
        joins(("Has Place", "", 0, 9), ("Waits Only", "", 0, 9), ("x", stranger.email, 0, 9)),
        by=by,
    )
    assert hows(report) == ["name", "", ""]
    with pytest.raises(errors.NotOnTheList, match="Waits Only is not on the list"):
        decide(report, {1: Decision(outside.pk)}, by)
    assert told(meeting_of(waiting)) == {inside.pk: ("present", 9)}


def test_whose_name_the_host_does_not_see_is_matched_by_the_address_that_it_knows(session, by):
    [hidden] = named(session, "Hidden Person")
    Registration.objects.filter(pk=hidden.pk).update(discloses=False)
    FormerAddress.objects.create(person=hidden.person, email="before@mail.example")
    Alias.objects.create(person=hidden.person, name="hp")
    report = noted(
        meeting_of(session),
        joins(
            ("Hidden Person", "", 0, 9),
            ("y", "before@mail.example", 0, 9),
            ("HP", "", 0, 9),
            ("z", hidden.person.email, 0, 9),
        ),
        by=by,
    )
    assert hows(report) == ["", "", "", "email"]
    among = Listed(meeting_of(session))
    assert Likely(among.registrations.values()).people("Hidden Person") == []


def decide(report, decisions: dict[int, Decision], by, seen: str = "", now=END) -> list[Trace]:
    """By the place in the report, from 0."""
    traces = list(report.traces.all())
    said = {traces[place].pk: Said(decision, seen) for place, decision in decisions.items()}
    return actions.decide(report=report, said=said, by=by, now=now)


def test_what_staff_decide_is_learned_and_used_at_the_next_meeting(session, by):
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    report = noted(
        meeting_of(session),
        joins(("A. D.", "", 0, 30), ("Benny", "b@mail.example", 0, 30), ("iPhone", "", 0, 30)),
        by=by,
    )
    decide(report, {0: Decision(amina.pk), 1: Decision(ben.pk), 2: Decision(amina.pk)}, by)
    assert told(meeting_of(session)) == {amina.pk: ("present", 30), ben.pk: ("present", 30)}
    assert set(Alias.objects.values_list("person", "email", "name")) == {
        (amina.person_id, "", "a d"),
        (ben.person_id, "b@mail.example", ""),
    }
    other = webinar()
    for one in (amina, ben):
        cast.register(other, one.person, now=END - DAY)
    later = END + 300 * DAY
    Alias.objects.update(used_at=END)
    again = noted(
        meeting_of(other),
        joins(("a d", "", 0, 9), ("x", "b@mail.example", 0, 9), ("iPhone", "", 0, 9)),
        by=by,
        now=later,
    )
    assert hows(again) == ["alias", "alias", ""]
    assert set(Alias.objects.values_list("used_at", flat=True)) == {later}


def test_a_decision_is_changed_set_aside_and_opened_again_and_attendance_follows(session, by):
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    meeting = meeting_of(session)
    report = noted(meeting, joins(("Tablet of B", "t@mail.example", 0, 30), ("Ben Kim", "", 0, 9)), by=by)
    decide(report, {0: Decision(amina.pk)}, by)
    decide(report, {0: Decision(ben.pk)}, by, seen=str(amina.pk))
    assert told(meeting) == {ben.pk: ("present", 30)}
    assert Alias.objects.get().person == ben.person
    decide(report, {0: ASIDE}, by, seen=str(ben.pk))
    assert told(meeting) == {ben.pk: ("present", 9)}
    assert not Alias.objects.exists()
    trace = report.traces.first()
    assert (trace.set_aside_at, trace.set_aside_by, trace.how) == (END, by, "")
    decide(report, {0: LATER}, by, seen="aside")
    decide(report, {1: ASIDE}, by, seen=str(ben.pk))
    assert hows(report) == ["", "aside"]
    assert told(meeting) == {}
    assert list(Trace.objects.to_decide()) == [trace]


def test_what_somebody_else_decided_meanwhile_stands(session, by):
    amina, ben = named(session, "Amina Diallo", "Ben Kim")
    report = noted(meeting_of(session), joins(("Who", "", 0, 30), ("Knows", "", 0, 30)), by=by)
    decide(report, {0: Decision(amina.pk)}, by)
    left = decide(report, {0: Decision(ben.pk), 1: Decision(ben.pk)}, by)
    assert [trace.name for trace in left] == ["Who"]
    assert [trace.registration for trace in report.traces.all()] == [amina, ben]
    assert decide(report, {0: Decision(amina.pk)}, by) == [], "the same twice is no change"


def test_a_closed_list_takes_no_decision(session, by):
    [amina] = named(session, "Amina Diallo")
    meeting = meeting_of(session)
    report = noted(meeting, joins(("Who", "", 0, 30)), by=by)
    close(meeting=meeting, by=by, now=END)
    with pytest.raises(attendance_errors.ListIsClosed):
        decide(report, {0: Decision(amina.pk)}, by)
    assert hows(report) == [""]


@pytest.mark.parametrize("name", ["iphone", "ipad 2", "zoom user", "12345", "+49 170", ""])
def test_what_a_device_is_called_is_not_learned(name):
    assert not is_a_name(name)


@pytest.mark.parametrize("name", ["amina", "김서연", "amina s iphone", "dr"])
def test_what_a_person_may_be_called_is_learned(name):
    assert is_a_name(name)


def test_an_alias_unused_for_two_years_is_forgotten(session, by):
    [amina] = named(session, "Amina Diallo")
    Alias.objects.create(person=amina.person, name="a d", used_at=END)
    assert actions.forget_aliases(now=END + 730 * DAY - SECOND) == 0
    assert actions.forget_aliases(now=END + 730 * DAY) == 1


def test_who_it_probably_is_best_first_and_five_at_most(session):
    people = named(
        session,
        *(f"Amina Diallo {word}" for word in ["One", "Two", "Three", "Four", "Five", "Six"]),
        "Ben Kim",
    )
    likely = Likely(people)
    assert len(likely.people("Amina Dialo")) == 5
    assert likely.people("Kim, Ben") == [people[-1]]
    assert likely.people("x", email="ben.kim@mail.example") == [people[-1]]
    assert likely.people("Zzz") == []
    assert Likely(named(webinar(), "김서연")).people("서연") != []


@pytest.mark.parametrize("device", ["Retno’s phone", "iPhone de Retno", "RETNO-LAPTOP"])
def test_a_device_called_after_its_owner_leads_to_them(device):
    retno, phoebe = named(webinar(), "Retno Wulandari", "Phoebe Onuoha")
    assert Likely([retno, phoebe]).people(device)[0] == retno


def test_a_device_called_after_its_owner_in_a_script_without_blanks_does_too():
    people = named(webinar(), "亓映雪", "易初晗")
    assert Likely(people).people("易初晗’s phone") == [people[1]]
