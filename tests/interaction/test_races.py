"""Many at once: real threads on PostgreSQL, and twins without the lock or the constraint that go wrong."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from interaction import actions, errors
from interaction.actions import asking, lock, moderating, voting
from interaction.counting import votes_of
from interaction.models import Board, Question, Vote
from tests import cast
from tests.at_once import THREADS, at_once, hesitating, trying

from .making import asked, registered

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(meeting, now=None):
    """Instead of `lock_board`."""
    board, _new = Board.objects.get_or_create(meeting=meeting)
    board.meeting = lock.Meeting.objects.select_related("session__activity__host").get(pk=board.meeting_id)
    return lock.Locked(board, board.meeting, now or lock.timezone.now())


def votes(question, registrations, presses=2):
    return [
        lambda one=one: actions.vote(question=question, registration=one, by=one.person)
        for one in registrations
        for _press in range(presses)
    ]


@pytest.fixture
def crowd(meeting):
    return registered(meeting.session, *cast.people(THREADS // 2))


def test_votes_from_sixteen_threads_are_one_for_each_person(meeting, amina, crowd):
    question = asked(amina)
    answers = at_once(votes(question, crowd))
    assert {type(one) for one in answers} == {Vote}
    assert votes_of(meeting.pk) == {question.pk: len(crowd) + 1}
    assert Vote.objects.filter(question=question).count() == len(crowd) + 1


def test_the_twin_without_lock_and_constraint_counts_a_person_twice(meeting, amina, crowd, monkeypatch):
    question = asked(amina)
    monkeypatch.setattr(voting, "lock_board", unlocked)
    monkeypatch.setattr(voting, "shown_now", hesitating(voting.shown_now))
    monkeypatch.setattr(
        Vote.objects,
        "get_or_create",
        lambda **of: (Vote.objects.filter(**of).first() or hesitating(Vote.objects.create)(**of), True),
        raising=False,
    )
    with without_constraint():
        at_once(trying(call) for call in votes(question, crowd))
        assert Vote.objects.filter(question=question).count() > len(crowd) + 1
        # The number that is shown stands all the same: it counts people, not rows.
        assert votes_of(meeting.pk) == {question.pk: len(crowd) + 1}
        Vote.objects.all().delete()


class without_constraint:
    constraint = next(one for one in Vote._meta.constraints if one.name == "vote_once_for_a_question")

    def __enter__(self):
        with connection.schema_editor() as editor:
            editor.remove_constraint(Vote, self.constraint)

    def __exit__(self, *_error):
        with connection.schema_editor() as editor:
            editor.add_constraint(Vote, self.constraint)


def test_the_constraint_holds_where_nobody_locks(amina):
    question = asked(amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(question=question, registration=amina)


def floods(registration):
    return [
        lambda number=number: actions.ask(
            meeting=registration.session.meetings.get(),
            registration=registration,
            words=f"Number {number}?",
            by=registration.person,
        )
        for number in range(THREADS)
    ]


def test_of_sixteen_questions_at_once_ten_are_asked(amina):
    answers = at_once(floods(amina))
    assert [type(one) for one in answers].count(errors.TooManyQuestions) == THREADS - 10
    assert Question.objects.count() == 10


def test_the_twin_without_the_lock_asks_more(amina, monkeypatch):
    Board.objects.create(meeting=amina.session.meetings.get())
    monkeypatch.setattr(asking, "lock_board", unlocked)
    monkeypatch.setattr(asking, "refuse_who_may_not", lambda *_of: None)
    create = hesitating(Question.objects.create)
    monkeypatch.setattr(
        Question.objects, "create", lambda **of: hesitating(lambda: create(**of), seconds=0)(), raising=False
    )
    monkeypatch.setattr(asking, "QUESTIONS_AT_MOST", 3)
    at_once((trying(call) for call in floods(amina)), threads=THREADS)
    assert Question.objects.count() > 3


def double_clicks(registration):
    one = floods(registration)[0]
    return [one] * THREADS


def test_a_button_pressed_sixteen_times_asks_once(amina):
    answers = at_once(double_clicks(amina))
    assert len({one.pk for one in answers}) == Question.objects.count() == 1


def test_votes_that_come_while_two_are_united_are_all_counted(meeting, amina, ben, crowd, jiwoo):
    one, double = asked(amina, "One?"), asked(ben, "Double?")
    calls = votes(double, crowd, presses=1)
    calls.insert(len(calls) // 2, lambda: actions.unite(question=double, into=one, by=jiwoo))
    at_once(calls)
    assert votes_of(meeting.pk) == {one.pk: len(crowd) + 2}


def test_of_two_united_crosswise_one_stays(meeting, amina, ben, jiwoo):
    one, two = asked(amina, "One?"), asked(ben, "Two?")
    answers = at_once(
        [
            lambda: actions.unite(question=one, into=two, by=jiwoo),
            lambda: actions.unite(question=two, into=one, by=jiwoo),
        ]
        * 4
    )
    assert {type(answer) for answer in answers} == {Question, errors.NotTheSame}
    assert Question.objects.not_united().count() == 1


def test_of_many_taken_up_at_once_one_is_being_answered(meeting, crowd, jiwoo):
    questions = [asked(one, f"Number {one.pk}?") for one in crowd]
    answers = at_once(
        lambda one=one: actions.move(question=one, to="taken_up", by=jiwoo) for one in questions
    )
    assert {type(answer) for answer in answers} == {Question}
    states = list(Question.objects.values_list("state", flat=True))
    assert sorted(set(states)) == ["answered", "taken_up"]
    assert states.count("taken_up") == 1


def test_the_twin_without_the_lock_meets_the_constraint(meeting, crowd, jiwoo, monkeypatch):
    questions = [asked(one, f"Number {one.pk}?") for one in crowd]
    monkeypatch.setattr(moderating, "lock_board", unlocked)
    monkeypatch.setattr(moderating, "question_now", hesitating(moderating.question_now))
    answers = at_once(
        trying(lambda one=one: actions.move(question=one, to="taken_up", by=jiwoo)) for one in questions
    )
    assert any(isinstance(answer, DatabaseError) for answer in answers)
