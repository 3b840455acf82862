"""Taps at the door: once each, however often they are sent, and never over what somebody else did."""

from datetime import timedelta
from uuid import uuid4

import pytest

from attendance import actions, errors
from attendance.models import Attendance, Tap
from tests import cast

from .making import HOUR, START, counted, meeting_of, program, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    """A meeting, somebody at it, and two who hold the list."""
    session = program()
    [one, *_others] = registered(session)
    return meeting_of(session), one, cast.secretary(), cast.coordinator(session.activity.host)


def tapping(meeting, registration, by, state, seen="", **more):
    return actions.tap(
        registration=registration, meeting=meeting, state=state, seen=seen, by=by, **({"now": START} | more)
    )


def test_two_at_the_list_press_the_same_and_the_second_changes_nothing(door):
    meeting, one, anna, ben = door
    first = tapping(meeting, one, anna, "present")
    second = tapping(meeting, one, ben, "present", now=START + HOUR)
    assert (first.done, second.done) == (True, True)
    assert second.seen == first.seen
    assert Attendance.objects.get().noted_by == anna


def test_what_somebody_else_did_meanwhile_stands_and_is_told(door):
    meeting, one, anna, ben = door
    done = tapping(meeting, one, anna, "excused")
    refused = tapping(meeting, one, ben, "present")  # Ben's page showed nothing yet
    assert (refused.done, refused.state, refused.seen) == (False, "excused", done.seen)
    assert counted(meeting) == {one.pk: ("excused", "staff")}

    assert tapping(meeting, one, ben, "present", refused.seen, now=START + HOUR).done  # now he knows
    stale = tapping(meeting, one, anna, "", done.seen, now=START + HOUR)  # Anna undoes what is no longer hers
    assert (stale.done, stale.state) == (False, "present")


def test_undo_takes_back_what_the_page_showed(door):
    meeting, one, anna, _ben = door
    done = tapping(meeting, one, anna, "present")
    undone = tapping(meeting, one, anna, "", done.seen)
    assert (undone.done, undone.state, undone.seen) == (True, "", "")
    assert counted(meeting) == {}


def test_a_tap_that_comes_again_does_nothing_also_when_somebody_undid_it_since(door):
    meeting, one, anna, ben = door
    number = uuid4()
    done = tapping(meeting, one, anna, "present", id=number)
    tapping(meeting, one, ben, "", done.seen)
    again = tapping(meeting, one, anna, "present", id=number, now=START + HOUR)
    assert (again.done, again.state) == (True, "")
    assert counted(meeting) == {}
    assert Tap.objects.count() == 2


def test_a_refused_tap_leaves_no_number_so_it_may_be_sent_again(door):
    meeting, one, anna, _ben = door
    number = uuid4()
    with pytest.raises(errors.TooEarly):
        tapping(meeting, one, anna, "present", id=number, now=START - 3 * HOUR)
    assert not Tap.objects.exists()
    assert tapping(meeting, one, anna, "present", id=number, now=START - HOUR).done


def test_numbers_are_kept_for_three_days(door):
    meeting, one, anna, _ben = door
    tapping(meeting, one, anna, "present")
    assert actions.forget_old_taps(now=START + timedelta(days=3)) == 0
    assert actions.forget_old_taps(now=START + timedelta(days=3, seconds=1)) == 1
