"""Asked by those who have a place, before the meeting, in it and a week after; voted for; taken back."""

from datetime import timedelta

import pytest

from interaction import actions, errors
from interaction.counting import votes_of
from interaction.models import Question, Vote
from tests import cast

from .making import DAY, END, START, asked, meeting_with, registered

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "moment",
    [START - 7 * DAY, START, END - SECOND, END, END + 7 * DAY - SECOND],
    ids=[
        "a week before",
        "as it begins",
        "in its last second",
        "when it is over",
        "the last second of a week",
    ],
)
def test_who_has_a_place_asks_and_votes_before_in_and_for_a_week_after(at, meeting, amina, ben, moment):
    at(moment)
    question = asked(amina)
    actions.vote(question=question, registration=ben, by=ben.person)
    assert votes_of(meeting.pk) == {question.pk: 2}


def test_a_week_after_nothing_is_asked_or_voted_for(at, meeting, amina, ben):
    question = asked(amina)
    at(END + 7 * DAY)
    with pytest.raises(errors.TooLate) as refusal:
        asked(ben, "Too late?")
    assert "Dakar" in refusal.value.sentence or "Seoul" in refusal.value.sentence
    with pytest.raises(errors.TooLate):
        actions.vote(question=question, registration=ben, by=ben.person)
    assert votes_of(meeting.pk) == {question.pk: 1}
    actions.take_back(question=question, by=amina.person)
    assert not Question.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_without_a_place_nothing_is_asked(meeting, amina, state):
    [outside] = registered(meeting.session, cast.person("Chen Wei"), state=state)
    with pytest.raises(errors.HasNoPlace):
        actions.ask(meeting=meeting, registration=outside, words="May I?", by=outside.person)
    with pytest.raises(errors.HasNoPlace):
        actions.vote(question=asked(amina), registration=outside, by=outside.person)


def test_a_place_in_another_session_is_none_here(meeting, amina):
    _other, [elsewhere] = meeting_with(cast.person("Chen Wei"))
    with pytest.raises(errors.HasNoPlace):
        actions.ask(meeting=meeting, registration=elsewhere, words="May I?", by=elsewhere.person)


def test_of_a_session_that_was_cancelled_before_nothing_is_asked(meeting, amina):
    session = meeting.session
    session.cancelled_at = START - DAY
    session.save(update_fields=["cancelled_at"])
    with pytest.raises(errors.CalledOff):
        asked(amina)


def test_asked_twice_by_a_double_click_it_is_one_question(meeting, amina):
    assert asked(amina) == asked(amina)
    assert votes_of(meeting.pk) == {Question.objects.get().pk: 1}


def test_nobody_floods_a_meeting(amina):
    for number in range(10):
        asked(amina, f"Number {number}?")
    with pytest.raises(errors.TooManyQuestions) as refusal:
        asked(amina, "One more?")
    assert "10 questions" in refusal.value.sentence
    actions.take_back(question=Question.objects.first(), by=amina.person)
    assert asked(amina, "One more?")


def test_a_vote_is_given_once_and_taken_back(meeting, amina, ben):
    question = asked(amina)
    for _press in "12":
        actions.vote(question=question, registration=ben, by=ben.person)
    assert votes_of(meeting.pk) == {question.pk: 2}
    actions.take_vote_back(question=question, registration=ben, by=ben.person)
    assert votes_of(meeting.pk) == {question.pk: 1}
    with pytest.raises(errors.OwnQuestion):
        actions.take_vote_back(question=question, registration=amina, by=amina.person)


@pytest.mark.parametrize("state", ["waiting", "set_aside"])
def test_nobody_votes_for_what_they_cannot_see(amina, ben, state):
    with pytest.raises(errors.NotShown):
        actions.vote(question=asked(amina, state=state), registration=ben, by=ben.person)


def test_united_the_votes_are_united_and_who_gave_two_counts_once(meeting, amina, ben, jiwoo):
    [chen, dina] = registered(meeting.session, cast.person("Chen Wei"), cast.person("Dina Haddad"))
    first, second = asked(amina, "Who pays?"), asked(ben, "Who bears the cost?")
    for question, voter in ((first, chen), (second, chen), (second, dina), (first, ben)):
        actions.vote(question=question, registration=voter, by=voter.person)
    assert votes_of(meeting.pk) == {first.pk: 3, second.pk: 3}
    actions.unite(question=second, into=first, by=jiwoo)
    assert votes_of(meeting.pk) == {first.pk: 4}
    # Given to the double by who has not heard of it, it is the one's that stays; taken back, it is taken from both.
    [eva] = registered(meeting.session, cast.person("Eva Ruiz"))
    second.refresh_from_db()
    actions.vote(question=second, registration=eva, by=eva.person)
    assert votes_of(meeting.pk) == {first.pk: 5}
    actions.take_vote_back(question=first, registration=chen, by=chen.person)
    assert votes_of(meeting.pk) == {first.pk: 4}
    with pytest.raises(errors.OwnQuestion):
        actions.take_vote_back(question=first, registration=ben, by=ben.person)
    actions.part(question=second, by=jiwoo)
    assert votes_of(meeting.pk) == {first.pk: 3, second.pk: 2}


def test_one_with_doubles_is_taken_back_and_the_first_of_them_comes_in_its_place(meeting, amina, ben, jiwoo):
    [chen, dina] = registered(meeting.session, cast.person("Chen Wei"), cast.person("Dina Haddad"))
    first, second, third = asked(amina, "Who pays?"), asked(ben, "Who bears it?"), asked(chen, "Whose money?")
    for question, voter in ((first, dina), (second, dina), (first, ben)):
        actions.vote(question=question, registration=voter, by=voter.person)
    for double in (second, third):
        actions.unite(question=double, into=first, by=jiwoo)
    actions.write_answer(question=first, words="The city.", language="en", by=jiwoo)
    actions.take_back(question=first, by=amina.person)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.same_as, third.same_as, second.state, second.answer) == (
        None,
        second,
        "answered",
        "The city.",
    )
    assert votes_of(meeting.pk) == {second.pk: 3}
    assert not Vote.objects.filter(registration=amina).exists()


def test_told_in_public_only_where_it_was_read_and_is_so(meeting, amina, jiwoo):
    asked(amina, "Told, and not so?", told_public=True)
    actions.publish_answers(meeting=meeting, public=True, by=jiwoo)
    asked(amina, "So, and not told?")
    asked(amina, "Told, and so?", told_public=True)
    assert Question.objects.get(may_be_public=True).words == "Told, and so?"
