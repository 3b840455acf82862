"""One platform report that was noted: what is left to decide, what was decided, and taking all of it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest
from attendance import errors as attendance_errors
from attendance.actions import reported
from attendance.door_list import DoorList
from attendance.views.about import about
from catalog.models import Meeting
from texts.numbers import number_in

from .. import access, actions, errors
from ..actions.deciding import Said
from ..answers import Answers, answered
from ..matching import Listed
from ..models import PlatformReport
from ..showing import ReportPage


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PersonRequest, pk: int, report: int) -> HttpResponse:
    meeting = access.meeting_for(request, pk)
    if request.method != "POST":
        return shown(request, meeting, access.report_of(meeting, report))
    meeting = access.meeting_to_note(request, pk)
    found = access.report_of(meeting, report)
    answers = answered(request.POST, Listed(meeting))
    if answers.errors:
        return shown(request, meeting, found, answers)
    said = {key: Said(decision, answers.seen.get(key, "")) for key, decision in answers.decisions.items()}
    try:
        meanwhile = actions.decide(report=found, said=said, by=request.user)
    except (errors.Refused, attendance_errors.Refused) as refusal:
        return shown(request, meeting, found, answers, refusal.sentence)
    for trace in meanwhile:
        text = errors.DecidedMeanwhile().sentence
        messages.error(request, _("%(name)s: %(text)s") % {"name": trace.name or trace.email, "text": text})
    if not meanwhile:
        messages.success(request, _("Decided. The list says so now."))
    return redirect(found)


def shown(
    request: PersonRequest,
    meeting: Meeting,
    found: PlatformReport,
    answers: Answers | None = None,
    refusal: str = "",
) -> HttpResponse:
    now = timezone.now()
    traces = list(found.traces.select_related("registration"))
    for trace in traces:
        trace.report = found
    context = {
        **about(meeting),
        "page": ReportPage(
            found,
            traces,
            Listed(meeting),
            reported(meeting),
            answers or Answers(),
            anew=number_in(request.GET.get("anew", "")),
            asked=request.GET.get("q", "").strip(),
        ),
        "door": DoorList(meeting, now),
        "may_note": access.may_note(request.user, meeting.session),
        "refusal": refusal,
        "forgotten_at": found.read_at + actions.TRACES_KEPT,
    }
    failed = refusal or (answers and answers.errors)
    return render(request, "platform_reports/report.html", context, status=422 if failed else 200)


@never_cache
@never_sent_again
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: PersonRequest, pk: int, report: int) -> HttpResponse:
    """GET asks."""
    meeting = access.meeting_to_note(request, pk)
    found = access.report_of(meeting, report)
    if request.method == "POST":
        try:
            actions.take_back(report=found, by=request.user)
        except attendance_errors.Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect(found)
        messages.success(request, _("The report is taken back."))
        return redirect("platform_reports:reports", meeting.pk)
    context = {**about(meeting), "report": found, "people": found.traces.matched().count()}
    return render(request, "platform_reports/taking_back.html", context)
