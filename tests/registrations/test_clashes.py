from datetime import UTC, datetime, timedelta

import pytest

from registrations import actions
from registrations.clashes import clashes
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
START = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(start: datetime, **fields):
    return cast.session(cast.activity(), starts_at=start, lasts=HOUR, **fields)


def test_another_session_of_mine_at_the_same_time_is_pointed_out():
    person = cast.person()
    overlapping = cast.register(at(START + HOUR / 2), person, now=NOW)
    cast.register(at(START + HOUR), person, now=NOW)  # back to back
    cast.register(at(START - HOUR), person, now=NOW)
    cast.register(at(START), now=NOW)  # somebody else's
    assert list(clashes(at(START), person, NOW)) == [overlapping]


def test_one_does_not_clash_with_the_session_itself_nor_with_what_was_cancelled():
    person = cast.person()
    same = at(START)
    cast.register(same, person, now=NOW)
    left = cast.register(at(START), person, now=NOW)
    actions.cancel(registration=left, by=person, now=NOW)
    called_off = at(START)
    cast.register(called_off, person, now=NOW)
    actions.cancel_session(session=called_off, reason="", by=cast.secretary(), now=NOW)
    assert not clashes(same, person, NOW)


def test_meetings_clash_not_the_days_between_them():
    person = cast.person()
    days = [START, START + timedelta(days=2)]
    course = cast.session(cast.activity(), meetings=[(day, day + HOUR, "") for day in days])
    registration = cast.register(course, person, now=NOW)
    assert list(clashes(at(START + timedelta(days=1)), person, NOW)) == []
    assert list(clashes(at(START + timedelta(days=2)), person, NOW)) == [registration]


def test_a_self_paced_course_clashes_with_nothing():
    person = cast.person()
    course = cast.session(cast.activity(), self_paced=True, starts_at=NOW, lasts=timedelta(days=60))
    cast.register(course, person, now=NOW)
    assert not clashes(at(START), person, NOW)
    assert not clashes(course, person, NOW)


def test_clashes_are_one_question_however_many_registrations(django_assert_num_queries):
    person, session = cast.person(), at(START)
    cast.register(at(START), person, now=NOW)
    with django_assert_num_queries(1):
        assert len(clashes(session, person, NOW)) == 1
    for _i in range(2):
        cast.register(at(START), person, now=NOW)
    with django_assert_num_queries(1):
        assert len(clashes(session, person, NOW)) == 3
