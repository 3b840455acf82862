"""The list at the door, and one press at it."""

from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.expired_forms import never_sent_again
from accounts.http import person_of
from catalog.models import Meeting, Session
from registrations.access import acts_for_host
from registrations.models import Registration

from .. import access, actions, errors
from ..door_list import DoorList, day
from ..models import Attendance, Closing, Correction
from .about import about


@never_cache
@require_safe
def list_(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = access.meeting_for(request, pk)
    door = door_of(request, meeting)
    asked = request.GET.get("q", "").strip()
    session = meeting.session
    context = {
        **about(meeting),
        "door": door,
        "meetings": [(one.pk, day(one.starts_at, one)) for one in session.meetings.select_related("session")],
        "corrections": corrections_asked(meeting) if door.may_close else [],
        "asked": asked,
        "rows": door.matching(asked),
        "at_the_desk": acts_for_host(request.user, session, "catalog.view_session"),
        "reads_certificates": all_closed(session)
        and acts_for_host(request.user, session, "credentials.view_certificate"),
        "reads_reports": acts_for_host(request.user, session, "platform_reports.view_platformreport"),
        "page": uuid4(),
    }
    return render(request, "attendance/list.html", context)


def all_closed(session: Session) -> bool:
    """Whether certificates can be issued, as far as attendance goes."""
    closed = Closing.objects.standing().filter(meeting=OuterRef("pk"))
    return session.activity.rule is not None and not session.meetings.filter(~Exists(closed)).exists()


def corrections_asked(meeting: Meeting) -> QuerySet[Correction]:
    """Those that wait for an answer."""
    return meeting.corrections.filter(answered_at=None).select_related("registration__person")


@never_cache
@never_sent_again
@require_http_methods(["GET", "HEAD", "POST"])
def tap(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """A press at one line: by a form, or sent by the script, perhaps hours after it was pressed."""
    if request.method != "POST":
        access.meeting_for(request, pk)
        return redirect(line_in_list(pk, registration))
    meeting = access.meeting_to_take(request, pk)
    of = Registration.objects.filter(session=meeting.session_id).select_related("person__organization")
    pressed: Registration = get_object_or_404(of, pk=registration)
    state, _slash, seen = request.POST.get("tap", "").partition("/")
    if state not in ("", *Attendance.State.values):
        raise Http404
    try:
        done = actions.tap(
            registration=pressed,
            meeting=meeting,
            state=state,
            seen=seen,
            by=person_of(request),
            id=number_of(request, f"{registration} {state} {seen}"),
        )
        # What came again under its number may have been changed since: then that is told, too.
        refused = "" if done.done and done.state == state else errors.MarkedMeanwhile(meeting).sentence
    except errors.Refused as refusal:
        refused = refusal.sentence
    if by_script(request):
        return answer(request, meeting, pressed, refused)
    if refused:
        text = _("%(name)s: %(text)s") % {"name": pressed.seen, "text": refused}
        messages.error(request, text)
    return redirect(line_in_list(pk, 0 if refused else registration, request.POST.get("q", "")))


def answer(request: HttpRequest, meeting: Meeting, pressed: Registration, refused: str) -> JsonResponse:
    """For the script: the line as it stands now, with the sentence where the tap was not done."""
    door = door_of(request, meeting)
    row = door.row(pressed)
    html = render_to_string("attendance/_row.html", {"door": door, "row": row}, request)
    return JsonResponse({"refused": refused, "seen": row.seen, "html": html}, status=409 if refused else 200)


def door_of(request: HttpRequest, meeting: Meeting) -> DoorList:
    now = timezone.now()
    return DoorList(
        meeting,
        now,
        may_take=access.may_take(request.user, meeting.session, now),
        may_close=access.may_close(request.user, meeting.session),
    )


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def number_of(request: HttpRequest, what: str) -> UUID | None:
    """Under which a tap is done once: the script's own, or one that a page gives to the same press each time."""
    try:
        if "id" in request.POST:
            return UUID(request.POST["id"])
        return uuid5(UUID(request.POST["page"]), what)
    except (KeyError, ValueError):
        return None


def line_in_list(meeting: int, registration: int, asked: str = "") -> str:
    page = reverse("attendance:list", args=[meeting])
    question = f"?{urlencode({'q': asked})}" if asked else ""
    return f"{page}{question}#r{registration}" if registration else f"{page}{question}"
