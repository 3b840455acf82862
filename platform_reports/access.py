"""Fetches and decides in one step: the meeting with its platform reports, or 404 for a stranger, 403 for someone who may
look but not touch. They are for the host's staff: a helper of the session sees its list, and nothing of these."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from attendance.access import may_close
from catalog.models import Meeting, Session
from registrations.access import acts_for_host

from .models import PlatformReport

LOOK, NOTE = "platform_reports.view_platformreport", "platform_reports.add_platformreport"


def meeting_for(request: HttpRequest, pk: int) -> Meeting:
    """To look at what was read."""
    meeting: Meeting = get_object_or_404(Meeting.objects.select_related("session__activity__host"), pk=pk)
    if not acts_for_host(request.user, meeting.session, LOOK):
        raise Http404
    return meeting


def meeting_to_note(request: HttpRequest, pk: int) -> Meeting:
    """To read a report, and to decide about what was read."""
    meeting = meeting_for(request, pk)
    if not may_note(request.user, meeting.session):
        raise PermissionDenied
    return meeting


def report_of(meeting: Meeting, pk: int) -> PlatformReport:
    report: PlatformReport = get_object_or_404(meeting.platform_reports.select_related("read_by"), pk=pk)
    report.meeting = meeting
    return report


def may_note(person: User | AnonymousUser, session: Session) -> bool:
    return acts_for_host(person, session, NOTE) and may_close(person, session)
