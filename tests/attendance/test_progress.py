"""How far one is by the rule of the activity, told while it runs and when every list is closed."""

import pytest

from attendance import actions
from attendance.progress import progress
from catalog.models import Activity
from registrations.models import Registration
from tests import cast

from .making import DAY, START, meeting_of, program, registered

pytestmark = pytest.mark.django_db


def ruled(days=5, **rule):
    session = program(days)
    facts = {"certificate": "participation", "certificate_percent": 80, "certificate_percent_of": "meetings"}
    Activity.objects.filter(pk=session.activity_id).update(**facts | rule)
    [one, *_others] = registered(session)
    return session, one


def said(registration) -> tuple[str, str]:
    fresh = Registration.objects.select_related("session__activity").get(pk=registration.pk)
    told = progress(fresh)
    return told.words, told.outcome


def noting(session, registration, *states, close=True, minutes=None):
    by = cast.coordinator()
    for day, state in enumerate(states, 1):
        meeting = meeting_of(session, day)
        if state in ("present", "excused"):
            actions.note(
                registration=registration,
                meeting=meeting,
                state=state,
                minutes=minutes,
                by=by,
                now=meeting.starts_at,
            )
        if close:
            actions.close(meeting=meeting, by=by, taken=state != "not taken", now=meeting.ends_at)


def test_it_is_told_from_the_first_day_on():
    session, one = ruled()
    assert said(one) == ("present at 0 of 5 meetings so far", "")
    noting(session, one, "present", close=False)
    assert said(one) == ("present at 1 of 5 meetings so far", "")


@pytest.mark.parametrize(
    ("states", "rule", "words", "taken_part"),
    [
        (["present"] * 4 + ["absent"], {}, "present at 4 of 5 meetings", True),
        (["present"] * 3 + ["absent"] * 2, {}, "present at 3 of 5 meetings", False),
        (["present"] * 3 + ["excused"] * 2, {}, "present at 3 of 5 meetings", False),
        (["present"] * 3 + ["excused"] * 2, {"leaves_out_excused": True}, "present at 3 of 5 meetings", True),
        (["excused"] * 5, {"leaves_out_excused": True}, "present at 0 of 5 meetings", False),
        (["present"] * 4 + ["not taken"], {"certificate_percent": 100}, "present at 4 of 4 meetings", True),
        (["not taken"] * 5, {}, "present at 0 of 0 meetings", False),
    ],
)
def test_when_every_list_is_closed_it_says_what_came_of_it(states, rule, words, taken_part):
    session, one = ruled(**rule)
    noting(session, one, *states)
    assert said(one)[0] == words
    assert said(one)[1] == (
        "By the rule you have taken part." if taken_part else "By the rule that is not enough."
    )


@pytest.mark.parametrize(
    ("minutes", "words", "taken_part"),
    [
        (None, "present for 360 of 720 minutes", True),  # six hours a day: not measured is the whole
        (359, "present for 359 of 720 minutes", False),
        (900, "present for 360 of 720 minutes", True),
        (0, "present for 0 of 720 minutes", False),
    ],
)
def test_minutes_are_those_of_the_meeting_at_most(minutes, words, taken_part):
    session, one = ruled(2, certificate_percent=50, certificate_percent_of="minutes")
    noting(session, one, "present", "absent", minutes=minutes)
    assert said(one) == (
        words,
        "By the rule you have taken part." if taken_part else "By the rule that is not enough.",
    )


def test_without_a_rule_or_without_a_place_nothing_is_told():
    session, one = ruled()
    actions.note(
        registration=one, meeting=meeting_of(session), state="present", by=cast.coordinator(), now=START
    )
    Registration.objects.filter(pk=one.pk).update(
        state="cancelled", cancelled_at=START + DAY, cancelled_for="person"
    )
    assert progress(Registration.objects.get(pk=one.pk)) is None
    bare = program()
    [other, *_others] = registered(bare)
    assert progress(Registration.objects.get(pk=other.pk)) is None
