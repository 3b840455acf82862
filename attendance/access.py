"""Fetches and decides in one step: the meeting, or 404 for a stranger, 403 for someone who may look but not touch."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.limits import one_too_many
from accounts.models import User
from catalog.models import Meeting, Session
from registrations.access import acts_for_host

from .models import Helper
from .models.helper import AFTER, BEFORE

# Codes of a screen that were wrong. Signed in, one person's and many from a training room; else those of a network.
WRONG_CODES = {"wrong_code": "20/10m/key,600/h/ip", "wrong_code_unnamed": "300/h/ip"}
LOOK, TAKE = "attendance.view_attendance", "attendance.take_attendance"


def meeting_for(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose list this visitor may see: of a host whose staff they are, or of a session at which they help."""
    meeting: Meeting = get_object_or_404(Meeting.objects.select_related("session__activity__host"), pk=pk)
    if not may_see(request.user, meeting.session, timezone.now()):
        raise Http404
    return meeting


def meeting_to_take(request: HttpRequest, pk: int) -> Meeting:
    """As `meeting_for`, for who may note attendance. Raises PermissionDenied for staff who may only look."""
    meeting = meeting_for(request, pk)
    if not may_take(request.user, meeting.session, timezone.now()):
        raise PermissionDenied
    return meeting


def meeting_to_close(request: HttpRequest, pk: int) -> Meeting:
    """For staff of the host alone: a helper notes who is there, and closes nothing."""
    meeting = meeting_for(request, pk)
    if not may_close(request.user, meeting.session):
        raise PermissionDenied
    return meeting


def session_with_meeting(request: HttpRequest, pk: int) -> tuple[Session, Meeting]:
    """A session whose lists this visitor may see, and its first meeting."""
    session: Session = get_object_or_404(Session.objects.select_related("activity__host"), pk=pk)
    first = session.meetings.first()
    if first is None or not may_see(request.user, session, timezone.now()):
        raise Http404
    return session, first


def may_see(person: User | AnonymousUser, session: Session, now: datetime) -> bool:
    return acts_for_host(person, session, LOOK) or helps(person, session, now)


def may_take(person: User | AnonymousUser, session: Session, now: datetime) -> bool:
    return acts_for_host(person, session, TAKE) or helps(person, session, now)


def may_close(person: User | AnonymousUser, session: Session) -> bool:
    return acts_for_host(person, session, TAKE)


def helps(person: User | AnonymousUser, session: Session, now: datetime) -> bool:
    """Whether this person is a helper of the session, and it is the time for it."""
    if not isinstance(person, User) or not session.starts_at - BEFORE <= now < session.ends_at + AFTER:
        return False
    return Helper.objects.named(person).filter(session=session).exists()


def session_to_staff(request: HttpRequest, pk: int) -> Session:
    """A session whose helpers this visitor may see: staff of its host."""
    session: Session = get_object_or_404(Session.objects.select_related("activity__host"), pk=pk)
    if not acts_for_host(request.user, session, "attendance.view_helper"):
        raise Http404
    return session


def session_to_name_helpers(request: HttpRequest, pk: int) -> Session:
    session = session_to_staff(request, pk)
    if not may_name_helpers(request.user, session):
        raise PermissionDenied
    return session


def may_name_helpers(person: User | AnonymousUser, session: Session) -> bool:
    return acts_for_host(person, session, "attendance.add_helper")


def guesses_too_much(request: HttpRequest) -> bool:
    """Whether so many codes were wrong that none is looked at now. Right ones are not counted."""
    return asks(request, counts=False)


def count_wrong_code(request: HttpRequest) -> None:
    asks(request, counts=True)


def asks(request: HttpRequest, *, counts: bool) -> bool:
    kind = "wrong_code" if request.user.is_authenticated else "wrong_code_unnamed"
    key = str(request.user.pk) if request.user.is_authenticated else ""
    return one_too_many(request, f"attendance.{kind}", WRONG_CODES[kind], key=key, counts=counts)
