"""The host's staff, and the helpers of the session, let questions appear, unite doubles, and write down answers."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Meeting
from page_cache import new_edition

from .. import errors
from ..models import Board, Question
from .lock import Locked, lock_board, question_now

State = Question.State


@transaction.atomic
def move(*, question: Question, to: State | str, by: User, now: datetime | None = None) -> Question:
    """Let it appear, take it up, have it answered, or set it aside; and back. What was being answered is answered when the
    next is taken up. Where it is already, nothing happens.

    Raises GoneMeanwhile; IsReported while a report of it waits, but for setting it aside.
    """
    locked = lock_board(question.meeting_id, now)
    found = question_now(locked, question)
    found = found.same_as or found
    if found.state == to:
        return found
    if to != State.SET_ASIDE and found.reports.waiting().exists():
        raise errors.IsReported(locked.meeting)
    if to == State.TAKEN_UP:
        before = Question.objects.not_united().filter(meeting=locked.meeting, state=State.TAKEN_UP).first()
        if before:
            put(before, State.ANSWERED, by=by, now=locked.now)
    put(found, State(to), by=by, now=locked.now)
    return found


def put(question: Question, state: State, *, by: User | None, now: datetime) -> None:
    if State.ANSWERED in (question.state, state):
        new_edition()
    question.state, question.state_at, question.state_by = state, now, by
    question.save(update_fields=["state", "state_at", "state_by"])


@transaction.atomic
def write_answer(
    *, question: Question, words: str, language: str = "", by: User, now: datetime | None = None
) -> Question:
    """From now on it is answered, and the words stand below it. Without words those that stood there go.

    Raises GoneMeanwhile; IsReported while a report of it waits.
    """
    locked = lock_board(question.meeting_id, now)
    found = question_now(locked, question)
    found = found.same_as or found
    if found.reports.waiting().exists():
        raise errors.IsReported(locked.meeting)
    if (found.answer, found.answer_language) != (words, language if words else ""):
        found.answer, found.answer_language = words, language if words else ""
        found.answered_at, found.answered_by = (locked.now, by) if words else (None, None)
        found.save(update_fields=["answer", "answer_language", "answered_at", "answered_by"])
        new_edition()
    if words and not found.is_answered:
        put(found, State.ANSWERED, by=by, now=locked.now)
    return found


@transaction.atomic
def unite(*, question: Question, into: Question, by: User, now: datetime | None = None) -> Question:
    """Two that ask the same are one from now on: that of `into`, with the votes of both. Doubles of the one come along.

    Raises GoneMeanwhile; NotTheSame where they are one already, or of two meetings.
    """
    locked = lock_board(question.meeting_id, now)
    if into.meeting_id != question.meeting_id:
        raise errors.NotTheSame(locked.meeting)
    double, stays = question_now(locked, question), question_now(locked, into)
    double, stays = double.same_as or double, stays.same_as or stays
    if double.pk == stays.pk:
        raise errors.NotTheSame(locked.meeting)
    if double.is_answered:
        new_edition()
    if double.state == State.TAKEN_UP:
        put(double, State.SHOWN, by=by, now=locked.now)
    double.doubles.update(same_as=stays)
    double.same_as = stays
    double.save(update_fields=["same_as"])
    return stays


@transaction.atomic
def part(*, question: Question, by: User, now: datetime | None = None) -> Question:
    """A double stands for itself again, as it was. Raises GoneMeanwhile."""
    locked = lock_board(question.meeting_id, now)
    found = question_now(locked, question)
    if found.same_as:
        found.same_as = None
        found.save(update_fields=["same_as"])
        if found.is_answered:
            new_edition()
    return found


@transaction.atomic
def publish_answers(*, meeting: Meeting, public: bool, by: User, now: datetime | None = None) -> Board:
    """Whether answered questions stand on the public page. It holds for what is asked from then on; taken back, for all."""
    locked: Locked = lock_board(meeting.pk, now)
    board = locked.board
    if board.answers_public != public:
        board.answers_public, board.set_at, board.set_by = public, locked.now, by
        board.save(update_fields=["answers_public", "set_at", "set_by"])
        new_edition()
    return board
