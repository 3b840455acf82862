"""Sign-in sheets and name badges, as files to print. They carry names away: a POST, and the history tells who took them."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.models import Session
from desk.audit import note

from .. import access, printing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one meeting. GET leads to the list with the button."""
    meeting = access.meeting_for(request, pk)
    if request.method != "POST":
        return redirect("attendance:list", pk)
    day = meeting.starts_at.astimezone(meeting.session.zone)
    return printed(
        request,
        meeting.session,
        lambda now: printing.sheet(meeting, now=now),
        f"sign-in-{day:%Y-%m-%d}.pdf",
        back=pk,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def badges(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a session. GET leads to the list of its first meeting, where the button is."""
    session, first = access.session_with_meeting(request, pk)
    if request.method != "POST":
        return redirect("attendance:list", first.pk)
    return printed(
        request,
        session,
        lambda now: printing.badges(session, now=now),
        f"badges-{session.starts_at.astimezone(session.zone):%Y-%m-%d}.pdf",
        back=first.pk,
    )


def printed(
    request: HttpRequest,
    session: Session,
    make: Callable[[datetime], tuple[bytes, int]],
    name: str,
    *,
    back: int,
) -> HttpResponse:
    if session.registrations.count() > printing.MOST:
        text = _("These are too many people for one file: it holds up to %(most)d.")
        messages.error(request, text % {"most": printing.MOST})
        return redirect("attendance:list", back)
    pdf, names = make(timezone.now())
    note(session, done="exported", rows=names, format="pdf")
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
