"""Who would like to hear the answer, too, gives a vote, and takes it back."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from registrations.models import Registration

from .. import errors
from ..counting import votes_for_the_same
from ..models import Question, Vote
from .lock import Locked, lock_board, question_now, refuse_who_may_not


@transaction.atomic
def vote(*, question: Question, registration: Registration, by: User, now: datetime | None = None) -> Vote:
    """United with another meanwhile, the vote is that one's. Given twice it is one.

    Raises CalledOff, TooLate, HasNoPlace, NotShown, GoneMeanwhile.
    """
    locked = lock_board(question.meeting_id, now)
    refuse_who_may_not(locked, registration)
    found = shown_now(locked, question)
    given, _new = Vote.objects.get_or_create(question=found, registration=registration)
    return given


@transaction.atomic
def take_vote_back(
    *, question: Question, registration: Registration, by: User, now: datetime | None = None
) -> None:
    """From the question and from those that are the same. Raises CalledOff, TooLate, HasNoPlace, NotShown, GoneMeanwhile;
    OwnQuestion: who asks is for it."""
    locked = lock_board(question.meeting_id, now)
    refuse_who_may_not(locked, registration)
    found = shown_now(locked, question)
    if registration.pk in {found.registration_id, *found.doubles.values_list("registration", flat=True)}:
        raise errors.OwnQuestion(locked.meeting)
    mine = votes_for_the_same(found.pk).filter(registration=registration)
    Vote.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).delete()


def shown_now(locked: Locked, question: Question) -> Question:
    """The question, or that with which it is united by now, as everybody reads it. Raises NotShown, GoneMeanwhile."""
    found = question_now(locked, question)
    found = found.same_as or found
    if not Question.objects.shown().filter(pk=found.pk).exists():
        raise errors.NotShown(locked.meeting)
    return found
