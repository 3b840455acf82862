"""What is forgotten of a person who is erased: what only they cared for goes, what others voted for or heard an answer to
stays, and says no longer who asked."""

from datetime import datetime

from accounts.models import User

from .actions.asking import remove
from .actions.lock import lock_board
from .counting import votes_for_the_same
from .models import Question, Report, Vote


def forget_person(person: User, now: datetime) -> None:
    own = Question.objects.filter(registration__person=person)
    meetings = {
        *own.values_list("meeting", flat=True),
        *Vote.objects.filter(registration__person=person).values_list("question__meeting", flat=True),
    }
    for meeting in sorted(meetings):
        lock_board(meeting, now)
        for question in own.filter(meeting=meeting).order_by("pk"):
            forget(question)
    # Of votes there stay numbers, of a registration that is nobody's any more.
    Report.objects.filter(registration__person=person).update(registration=None, reason="")
    Report.objects.filter(asker__person=person).update(asker=None, words="")


def forget(question: Question) -> None:
    others = votes_for_the_same(question.pk).exclude(registration=question.registration_id)
    if question.is_answered or question.answer or others.exists():
        question.registration, question.unnamed = None, True
        question.save(update_fields=["registration", "unnamed"])
    else:
        remove(question)
