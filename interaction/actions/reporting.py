"""Somebody says that a question should not stand there: nobody sees it until the host's staff have decided."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from page_cache import new_edition
from registrations.models import Registration

from .. import errors, letters
from ..models import Question, Report
from .lock import lock_board, question_now, refuse_without_place
from .moderating import put
from .voting import shown_now

# Of one person at one meeting.
REPORTS_AT_MOST = 5


@transaction.atomic
def report(
    *,
    question: Question,
    registration: Registration,
    reason: str,
    by: User,
    now: datetime | None = None,
) -> Report:
    """Hides it from others at once; the host's desk is told. Reported by the same person again it is the same report. Not
    only while questions are asked: what was answered stands for long.

    Raises HasNoPlace, NotShown, GoneMeanwhile, OwnQuestion, DecidedAlready, TooManyReports.
    """
    locked = lock_board(question.meeting_id, now)
    refuse_without_place(locked, registration)
    mine = Report.objects.filter(meeting=locked.meeting, registration=registration)
    before = mine.filter(question=question).first()
    if before and before.decided_at is None:
        return before
    found = shown_now(locked, question)
    if found.registration_id == registration.pk:
        raise errors.OwnQuestion(locked.meeting)
    if found.reports.filter(upheld=False).exists():
        raise errors.DecidedAlready(locked.meeting)
    if mine.count() >= REPORTS_AT_MOST:
        raise errors.TooManyReports(locked.meeting, REPORTS_AT_MOST)
    made = Report.objects.create(
        meeting=locked.meeting,
        question=found,
        words=found.words,
        asker=found.registration,
        registration=registration,
        reason=reason,
        reported_at=locked.now,
    )
    letters.question_reported(made, now=locked.now)
    if found.is_answered:
        new_edition()
    return made


@transaction.atomic
def decide(*, report: Report, upheld: bool, by: User, now: datetime | None = None) -> Report:
    """The host's staff decide about all that was reported of the question: set aside, or as it was. Who reported it and who
    asked are told by letter. Decided before, the first decision stands; taken back meanwhile, there is nothing to hide."""
    locked = lock_board(report.meeting_id, now)
    found = Report.objects.select_related("question", "registration__person", "asker__person")
    report = found.get(pk=report.pk)
    report.meeting = locked.meeting
    if report.decided_at:
        return report
    alike = [report]
    if report.question:
        alike = list(found.waiting().filter(question=report.question).order_by("pk"))
        question = question_now(locked, report.question)
        if upheld:
            put(question, Question.State.SET_ASIDE, by=by, now=locked.now)
        elif question.is_answered:
            new_edition()
    for one in alike:
        one.meeting = locked.meeting
        one.decided_at, one.decided_by, one.upheld = locked.now, by, upheld
        one.save(update_fields=["decided_at", "decided_by", "upheld"])
    letters.report_decided(alike, now=locked.now)
    return alike[0] if report.pk == alike[0].pk else report
