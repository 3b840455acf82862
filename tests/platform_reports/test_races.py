"""Two at once at one meeting: real threads on PostgreSQL, and twins without the lock that go wrong."""

import pytest

from attendance import actions as attendance
from attendance import errors as attendance_errors
from attendance.actions import closing, doors
from attendance.models import Attendance
from platform_reports.actions import noting, recounting
from platform_reports.models import PlatformReport, Trace
from tests import cast
from tests.at_once import at_once, hesitating, trying, without_the_lock
from tests.attendance.making import counted, meeting_of
from texts.refusals import Refused

from .making import END, joins, named, note, told, webinar

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [f"{first} {last}" for first in ("Amina", "Ben", "Chen") for last in ("Diallo", "Kim", "Wu", "Faye")]


@pytest.fixture
def session():
    return webinar(places=None)


def gone_wrong(answers: list) -> list:
    return [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refused)]


def two_reports(session):
    """Anna and Ben read two reports of one call, each with half of everybody's minutes."""
    named(session, *NAMES)
    meeting = meeting_of(session)
    halves = ((0, 30), (30, 60))
    return meeting, [
        lambda by=by, half=half: note(meeting, joins(*((name, "", *half) for name in NAMES)), by=by)
        for by, half in zip((cast.secretary(), cast.coordinator()), halves, strict=True)
    ]


def test_of_two_reports_that_are_noted_at_once_none_is_left_out(session):
    meeting, calls = two_reports(session)
    answers = at_once(calls)
    assert [one.is_new for one in answers] == [True, True]
    assert set(told(meeting).values()) == {("present", 60)}
    assert len(counted(meeting)) == len(NAMES)


def test_the_twin_of_two_reports_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(recounting, "stored_traces", hesitating(recounting.stored_traces, seconds=0.2))
    meeting, calls = two_reports(session)
    answers = at_once(trying(call) for call in calls)
    assert gone_wrong(answers) or set(told(meeting).values()) != {("present", 60)}


def the_same_file(session):
    named(session, *NAMES)
    meeting, reading = meeting_of(session), joins(*((name, "", 0, 60) for name in NAMES))
    people = (cast.secretary(), cast.coordinator(), cast.secretary("Anna Second"))
    return meeting, [lambda by=by: note(meeting, reading, by=by) for by in people]


def test_the_same_file_noted_by_three_at_once_is_noted_once(session):
    meeting, calls = the_same_file(session)
    answers = at_once(calls)
    assert sorted(one.is_new for one in answers) == [False, False, True]
    assert PlatformReport.objects.count() == 1
    assert Trace.objects.count() == len(NAMES) == len(told(meeting))


def test_the_twin_of_the_same_file_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(noting, "report_of", hesitating(noting.report_of, seconds=0.2))
    _meeting, calls = the_same_file(session)
    answers = at_once(trying(call) for call in calls)
    assert gone_wrong(answers)


def closing_while_noting(session):
    named(session, *NAMES)
    meeting, by = meeting_of(session), cast.secretary()
    reading = joins(*((name, "", 0, 60) for name in NAMES[:8]))
    return meeting, [
        lambda: note(meeting, reading, by=by),
        lambda: attendance.close(meeting=meeting, by=by, now=END),
    ]


@pytest.mark.parametrize("first", [0, 1])
def test_closing_while_a_report_is_noted_counts_everybody_once(session, first):
    meeting, calls = closing_while_noting(session)
    noted, _closed = sorted(at_once(calls if first == 0 else calls[::-1]), key=is_closing)
    rows = Attendance.objects.filter(meeting=meeting)
    assert rows.count() == len(counted(meeting)) == len(NAMES)
    if isinstance(noted, attendance_errors.ListIsClosed):
        assert {source for _state, source in counted(meeting).values()} == {"closing"}
        assert not PlatformReport.objects.exists()
    else:
        assert (
            sorted(source for _state, source in counted(meeting).values()) == ["closing"] * 4 + ["report"] * 8
        )


def is_closing(answer) -> bool:
    return type(answer).__name__ == "Closing"


def test_the_twin_of_closing_without_the_lock_goes_wrong(session, monkeypatch):
    monkeypatch.setattr(doors, "lock_session", without_the_lock)
    monkeypatch.setattr(closing, "unaccounted", hesitating(closing.unaccounted, seconds=0.2))
    meeting, calls = closing_while_noting(session)
    answers = at_once(trying(call) for call in calls)
    twice = Attendance.objects.filter(meeting=meeting).count() != len(NAMES)
    assert gone_wrong(answers) or twice
