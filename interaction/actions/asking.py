"""A person asks, and takes it back whenever they like."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Meeting
from page_cache import new_edition
from registrations.models import Registration

from .. import errors
from ..models import Question, Vote
from .lock import lock_board, refuse_who_may_not

# Of one person at one meeting.
QUESTIONS_AT_MOST = 10
# What goes to the question that comes in the place of one that is taken back.
PLACE = ("state", "state_at", "state_by")
ANSWER = ("answer", "answer_language", "answered_at", "answered_by")


@transaction.atomic
def ask(
    *,
    meeting: Meeting,
    registration: Registration,
    words: str,
    by: User,
    language: str = "",
    unnamed: bool = False,
    told_public: bool = False,
    now: datetime | None = None,
) -> Question:
    """It waits for a moderator, and has the vote of who asks. `told_public` is whether they read that an answered one
    stands on the public page. The same words asked twice, as by a double click, are one question.

    Raises CalledOff, TooLate, HasNoPlace, TooManyQuestions.
    """
    locked = lock_board(meeting.pk, now)
    refuse_who_may_not(locked, registration)
    own = Question.objects.filter(meeting=meeting, registration=registration)
    same = own.filter(words=words, unnamed=unnamed).first()
    if same:
        return same
    if own.count() >= QUESTIONS_AT_MOST:
        raise errors.TooManyQuestions(locked.meeting, QUESTIONS_AT_MOST)
    question = Question.objects.create(
        meeting=locked.meeting,
        registration=registration,
        words=words,
        language=language,
        unnamed=unnamed,
        may_be_public=told_public and locked.board.answers_public,
        asked_at=locked.now,
    )
    Vote.objects.create(question=question, registration=registration)
    return question


@transaction.atomic
def take_back(*, question: Question, by: User) -> None:
    """It is gone, from the public page too. Where doubles were united with it the first of them comes in its place."""
    locked = lock_board(question.meeting_id)
    found = Question.objects.filter(pk=question.pk).first()
    if found:
        found.meeting = locked.meeting
        remove(found)


def remove(question: Question) -> None:
    """With the board locked."""
    if question.is_answered:
        new_edition()
    heir = question.doubles.order_by("asked_at", "pk").first()
    if heir is None:
        question.delete()
        return
    # Votes of others go along, but where the same person gave one to both.
    both = Vote.objects.filter(question=heir).values("registration")
    votes = Vote.objects.filter(question=question).exclude(registration__in=both)
    votes.exclude(registration=question.registration_id).update(question=heir)
    question.doubles.exclude(pk=heir.pk).update(same_as=heir)
    question.delete()
    heir.same_as = None
    columns = [*PLACE, *(ANSWER if question.answer else ())]
    for name in columns:
        setattr(heir, name, getattr(question, name))
    heir.save(update_fields=[*columns, "same_as"])
