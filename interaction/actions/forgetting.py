"""What is not kept for good: questions that others never saw, and reports."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from ..clock import KEPT
from ..models import Question, Report
from ..models.report import ReportQuerySet
from .lock import lock_board
from .moderating import put

State = Question.State


def forget_old(*, now: datetime) -> int:
    """Six months after a meeting its questions that were never shown or were set aside go; six months after its decision a
    report, and one that nobody decided six months after it was made: what it hides is set aside. Answers how many went."""
    meetings = {
        *never_seen().filter(meeting__ends_at__lte=now - KEPT).values_list("meeting", flat=True),
        *old_reports(now).values_list("meeting", flat=True),
    }
    return sum(forget_at(meeting, now=now) for meeting in sorted(meetings))


def never_seen() -> QuerySet[Question]:
    """By others: waiting to the end, or set aside. Their doubles go along with them."""
    return Question.objects.not_united().filter(state__in=(State.WAITING, State.SET_ASIDE))


def old_reports(now: datetime) -> ReportQuerySet:
    undecided = Q(decided_at=None, reported_at__lte=now - KEPT)
    return Report.objects.filter(undecided | Q(decided_at__lte=now - KEPT))


@transaction.atomic
def forget_at(meeting: int, *, now: datetime) -> int:
    locked = lock_board(meeting, now)
    old = old_reports(now).filter(meeting=meeting)
    for question in Question.objects.filter(reports__in=old.waiting()).distinct():
        put(question, State.SET_ASIDE, by=None, now=now)
    gone, _of_each = old.delete()
    if locked.meeting.ends_at <= now - KEPT:
        for question in never_seen().filter(meeting=meeting):
            question.doubles.all().delete()
            question.delete()
            gone += 1
    return gone
