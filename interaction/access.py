"""Fetches and decides in one step: the meeting or the question; 404 for a stranger, 403 for who may look and not touch."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.http import person_of
from accounts.limits import one_too_many
from accounts.models import User
from attendance.access import helps
from catalog.models import Meeting, Session
from registrations.access import acts_for_host
from registrations.models import Registration

from .models import Question, Report
from .places import has_place, registration_of

LOOK, MODERATE = "interaction.view_question", "interaction.moderate_question"
# Of one person. What one meeting takes of them is counted by the actions.
LIMITS = {"question": "6/10m/key", "vote": "60/m/key", "report": "5/10m/key"}
MEETINGS = "session__activity__host"


@dataclass
class Here:
    """A meeting as one reader finds it: with their registration, as its moderator, or both."""

    meeting: Meeting
    registration: Registration | None
    person: User

    @cached_property
    def may_moderate(self) -> bool:
        return may_moderate(self.person, self.meeting.session, timezone.now())

    @property
    def has_place(self) -> bool:
        return self.registration is not None and has_place(self.registration)


def meeting_for(request: HttpRequest, pk: int) -> Here:
    """For who is or was registered for its session, and for its moderators. Whoever has no place reads nothing of others."""
    meeting: Meeting = get_object_or_404(Meeting.objects.select_related(MEETINGS), pk=pk)
    person = person_of(request)
    registration = registration_of(person, meeting.session)
    if registration is None and not may_look(person, meeting.session, timezone.now()):
        raise Http404
    return Here(meeting, registration, person)


def meeting_to_ask_at(request: HttpRequest, pk: int) -> Here:
    """Raises PermissionDenied for moderators who are not registered: they have no question of their own."""
    here = meeting_for(request, pk)
    if here.registration is None:
        raise PermissionDenied
    return here


def meeting_to_look_after(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose questions this visitor sees with the names of who asked: staff of the host, helpers of the session."""
    meeting: Meeting = get_object_or_404(Meeting.objects.select_related(MEETINGS), pk=pk)
    if not may_look(request.user, meeting.session, timezone.now()):
        raise Http404
    return meeting


def meeting_to_moderate(request: HttpRequest, pk: int) -> Meeting:
    meeting = meeting_to_look_after(request, pk)
    if not may_moderate(request.user, meeting.session, timezone.now()):
        raise PermissionDenied
    return meeting


def meeting_to_set(request: HttpRequest, pk: int) -> Meeting:
    """For staff of the host alone: a helper does not say what the public reads."""
    meeting = meeting_to_look_after(request, pk)
    if not may_decide(request.user, meeting.session):
        raise PermissionDenied
    return meeting


def question_for(request: HttpRequest, pk: int) -> tuple[Question, Registration]:
    """A question of a meeting for which the reader is registered, with their registration."""
    question = question_by_number(pk)
    registration = registration_of(person_of(request), question.meeting.session)
    if registration is None:
        raise Http404
    return question, registration


def own_question(request: HttpRequest, pk: int) -> Question:
    """For who asked it, and nobody else."""
    question = question_by_number(pk)
    if question.registration is None or question.registration.person.that_stands != request.user:
        raise Http404
    return question


def question_to_look_after(request: HttpRequest, pk: int) -> Question:
    question = question_by_number(pk)
    if not may_look(request.user, question.meeting.session, timezone.now()):
        raise Http404
    return question


def question_to_moderate(request: HttpRequest, pk: int) -> Question:
    question = question_to_look_after(request, pk)
    if not may_moderate(request.user, question.meeting.session, timezone.now()):
        raise PermissionDenied
    return question


def question_by_number(pk: int) -> Question:
    people = "registration__person__organization"
    every = Question.objects.select_related(f"meeting__{MEETINGS}", people, "same_as", "answered_by")
    question: Question = get_object_or_404(every, pk=pk)
    return question


def report_to_decide(request: HttpRequest, pk: int) -> Report:
    """For staff of the host: helpers let questions appear, and decide about no reports."""
    every = Report.objects.select_related(f"meeting__{MEETINGS}", "question", "decided_by")
    report: Report = get_object_or_404(every.select_related("asker__person", "registration__person"), pk=pk)
    if not acts_for_host(request.user, report.meeting.session, LOOK):
        raise Http404
    if not may_decide(request.user, report.meeting.session):
        raise PermissionDenied
    return report


def may_look(person: User | AnonymousUser, session: Session, now: datetime) -> bool:
    return acts_for_host(person, session, LOOK) or helps(person, session, now)


def may_moderate(person: User | AnonymousUser, session: Session, now: datetime) -> bool:
    return acts_for_host(person, session, MODERATE) or helps(person, session, now)


def may_decide(person: User | AnonymousUser, session: Session) -> bool:
    return acts_for_host(person, session, MODERATE)


def too_fast(request: HttpRequest, kind: str) -> bool:
    """Counts this one, and answers whether it is one too many of its kind."""
    return one_too_many(request, f"interaction.{kind}", LIMITS[kind], key=str(person_of(request).pk))
