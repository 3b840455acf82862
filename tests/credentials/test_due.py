"""When the worker looks at a session: once its lists are closed and somebody signs, and again when something changed."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance import actions as attendance_actions
from attendance.models import Attendance
from credentials import actions, tasks
from credentials.due import due
from credentials.models import Certificate
from registrations.actions import agree
from registrations.models import Registration
from tests import cast

from .making import (
    DAY,
    close_all,
    finished,
    meeting_of,
    program,
    registered,
    rule,
    signatory,
    there,
    with_rule,
)

pytestmark = pytest.mark.django_db


def test_it_issues_once_all_lists_are_closed_and_then_looks_no_more(by):
    session = finished(2)
    now = session.ends_at + timedelta(minutes=5)
    assert list(due(now)) == [session]
    assert tasks.issue_due(now=now) == 2
    assert list(due(now + DAY)) == []


def test_it_looks_again_when_something_was_noted_since(by):
    session = finished(1)
    registration = session.registrations.get()
    tasks.issue_due(now=session.ends_at + DAY)
    when = session.ends_at + 2 * DAY
    attendance_actions.open_again(meeting=meeting_of(session), by=by, why="a paper list was found", now=when)
    assert list(due(when)) == [], "while a list is open nothing is decided"
    attendance_actions.note(
        registration=registration, meeting=meeting_of(session), state="absent", by=by, now=when
    )
    attendance_actions.close(meeting=meeting_of(session), by=by, now=when)
    assert list(due(when)) == [session]
    tasks.issue_due(now=when + DAY)
    assert Certificate.objects.get().is_doubted


def test_it_waits_for_somebody_who_signs():
    session = finished(1, signs=False)
    assert list(due(session.ends_at)) == []
    signatory(session.activity.host)
    assert list(due(session.ends_at)) == [session]


@pytest.mark.parametrize("later", [DAY, 200 * DAY])
def test_what_is_long_over_is_left_to_staff(later):
    session = finished(1)
    assert bool(due(session.ends_at + later)) == (later == DAY)


def test_one_session_that_fails_stops_no_other(monkeypatch, caplog):
    first, second = finished(1), finished(1)
    issue = actions.issue

    def failing(*, session, **options):
        if session == first:
            raise RuntimeError("this one")
        return issue(session=session, **options)

    monkeypatch.setattr(actions, "issue", failing)
    assert tasks.issue_due(now=second.ends_at + DAY) == 1
    assert "this one" in caplog.text


def test_as_many_as_are_looked_at_in_one_tick_may_fail_and_stop_no_other(monkeypatch, caplog):
    monkeypatch.setattr(tasks, "MOST_AT_ONCE", 2)
    first, second, _third, fourth = (finished(1) for _ in range(4))
    issue, now = actions.issue, fourth.ends_at + DAY

    def failing(*, session, **options):
        if session in (first, second):
            raise RuntimeError("these two")
        return issue(session=session, **options)

    monkeypatch.setattr(actions, "issue", failing)
    assert tasks.issue_due(now=now) == 2
    assert set(due(now)) == {first, second}


def test_of_many_so_many_are_looked_at_in_one_tick(monkeypatch):
    monkeypatch.setattr(tasks, "MOST_AT_ONCE", 2)
    sessions = [finished(1) for _ in range(3)]
    now = sessions[-1].ends_at + DAY
    assert [tasks.issue_due(now=now) for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize(
    ("zone", "hours", "signs"),
    [
        ("Pacific/Kiritimati", 9, False),  # the 2nd there since 10:00 of the 1st
        ("Pacific/Kiritimati", 11, True),
        ("Pacific/Kiritimati", 33, True),
        ("Pacific/Kiritimati", 35, False),
        ("Pacific/Pago_Pago", 34, False),  # the 2nd there from 11:00 of the 2nd on
        ("Pacific/Pago_Pago", 36, True),
        ("Pacific/Pago_Pago", 58, True),
        ("Pacific/Pago_Pago", 60, False),
    ],
)
def test_who_signs_on_one_day_alone_does_so_on_the_hosts_clock(zone, hours, signs):
    session = finished(1, signs=False)
    host = session.activity.host
    host.timezone = zone
    host.save()
    first = datetime(session.ends_at.year, session.ends_at.month, 1, tzinfo=UTC) + timedelta(days=31)
    day = (first + timedelta(days=1)).date()
    signatory(host, from_day=day, until_day=day)
    now = first + timedelta(hours=hours)
    assert bool(due(now)) == signs
    assert tasks.issue_due(now=now) == signs


def test_it_looks_again_once_a_missing_name_is_said():
    session = finished(2)
    registration = session.registrations.first()
    person = registration.person
    person.name = ""
    person.save()
    now = session.ends_at + DAY
    assert tasks.issue_due(now=now) == 1
    assert list(due(now)) == []
    person.name = "Nour Haddad"
    person.save()
    assert list(due(now)) == [session]
    assert tasks.issue_due(now=now) == 1
    assert registration.certificates.get().said.name == "Nour Haddad"
    assert list(due(now)) == []


def test_it_looks_again_once_a_person_has_agreed():
    session = finished(1)
    Registration.objects.update(discloses=False)
    now = session.ends_at + DAY
    assert tasks.issue_due(now=now) == 0
    assert list(due(now)) == []
    registration = session.registrations.get()
    agree(registration=registration, by=registration.person, now=now)
    assert tasks.issue_due(now=now) == 1
    assert list(due(now)) == []


@pytest.mark.parametrize("then", ["took it", "has no place", "was not there after all"])
def test_who_needs_no_name_any_more_makes_no_rounds(then):
    session = finished(1)
    registration = session.registrations.get()
    Registration.objects.update(discloses=False)
    now = session.ends_at + DAY
    tasks.issue_due(now=now)
    Registration.objects.update(discloses=True)
    if then == "took it":
        actions.claim(registration=registration, by=registration.person, now=now)
    elif then == "has no place":
        Registration.objects.update(
            state="cancelled", cancelled_at=registration.registered_at, cancelled_for="person"
        )
    else:
        Attendance.objects.update(state="absent")
        assert tasks.issue_due(now=now) == 0
    assert list(due(now + DAY)) == []


@pytest.mark.parametrize("change", [{"percent": 30}, {"percent": 30, "leaves_out_excused": True}])
def test_it_looks_again_when_the_rule_was_changed_in_favor(change, by):
    session = with_rule(program(3, places=None))
    (registration,) = registered(session, cast.person("Amina Diallo"))
    there(session, registration, 1, by=by)
    close_all(session, by=by)
    signatory(session.activity.host)
    now = session.ends_at + DAY
    assert tasks.issue_due(now=now) == 0
    assert list(due(now)) == []
    with_rule(session, rule(**change))
    assert list(due(now)) == [session]
    assert tasks.issue_due(now=now) == 1
    assert list(due(now)) == []
