"""The platform reports of a meeting: those read, and one that is shown before it is noted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from attendance import errors as attendance_errors
from attendance.door_list import DoorList
from attendance.views.about import about
from catalog.models import Meeting
from desk.clock import shown

from .. import access, actions, errors
from ..actions.recounting import stored_traces, told_of
from ..answers import Answers, answered
from ..forms import AgainForm, ReadForm, UnderstandingForm
from ..matching import Listed
from ..models import PlatformReport
from ..showing import ReportPage
from ..tracing import decided_before, differs, forgotten_in, report_of, traces_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: PersonRequest, pk: int) -> HttpResponse:
    """GET lists those read, with the form. POST shows what was understood, and stores nothing unless it says “note”."""
    meeting = access.meeting_for(request, pk)
    if request.method != "POST":
        return listed(request, meeting, ReadForm(meeting=meeting))
    meeting = access.meeting_to_note(request, pk)
    if "packed_before" not in request.POST:
        form = ReadForm(request.POST, request.FILES, meeting=meeting)
        return understood(request, meeting, form) if form.is_valid() else listed(request, meeting, form)
    again = AgainForm(request.POST, meeting=meeting)
    is_valid = again.is_valid()
    if not again.is_understood:
        return listed(request, meeting, again)
    answers = answered(request.POST, Listed(meeting))
    if is_valid and request.POST.get("step") == "note" and not answers.errors:
        return noted(request, meeting, again, answers)
    return understood(request, meeting, again, answers)


def listed(request: PersonRequest, meeting: Meeting, form: UnderstandingForm) -> HttpResponse:
    bound = isinstance(form, AgainForm)
    context = {
        **about(meeting),
        "reports": meeting.platform_reports.select_related("read_by"),
        "form": ReadForm(meeting=meeting) if bound else form,
        "refusals": form.errors.values() if bound else [],
        "door": DoorList(meeting, timezone.now()),
        "may_note": access.may_note(request.user, meeting.session),
    }
    return render(request, "platform_reports/reports.html", context, status=422 if form.errors else 200)


def noted(request: PersonRequest, meeting: Meeting, form: AgainForm, answers: Answers) -> HttpResponse:
    try:
        done = actions.note_report(
            meeting=meeting,
            reading=form.reading,
            sha256=form.carried.sha256,
            file_name=form.carried.file_name,
            present_from=form.cleaned_data["present_from"],
            decisions=answers.decisions,
            by=request.user,
        )
    except (errors.Refused, attendance_errors.Refused) as refusal:
        return understood(request, meeting, form, answers, refusal.sentence)
    messages.success(request, sentence(done) if done.is_new else read_before(done.report))
    return redirect(done.report)


def sentence(done: actions.Noted) -> str:
    if not done.changes:
        return _("Noted. Attendance says what it said before.")
    words = ngettext(
        "Noted. Attendance says something new of %(count)d person.",
        "Noted. Attendance says something new of %(count)d people.",
        done.changes,
    )
    return words % {"count": done.changes}


def read_before(report: PlatformReport) -> str:
    zone = report.meeting.session.zone
    return _("This report was read before, by %(who)s, %(when)s. Nothing changed.") % {
        "who": report.read_by or _("somebody"),
        "when": shown(report.read_at, zone),
    }


def understood(
    request: PersonRequest,
    meeting: Meeting,
    form: UnderstandingForm,
    answers: Answers | None = None,
    refusal: str = "",
) -> HttpResponse:
    """What the report says and whose its traces are, with nothing stored."""
    earlier = meeting.platform_reports.select_related("read_by").filter(sha256=form.carried.sha256).first()
    present_from = form.cleaned_data["present_from"]
    if earlier and not differs(earlier, form.reading, present_from):
        messages.info(request, read_before(earlier))
        return redirect(earlier)
    now = timezone.now()
    report = report_of(
        meeting,
        form.reading,
        sha256=form.carried.sha256,
        file_name=form.carried.file_name,
        present_from=present_from,
        by=request.user,
        now=now,
    )
    among = Listed(meeting)
    forgotten = {trace.pk: trace.line for trace in forgotten_in(earlier)}
    decided = decided_before(earlier, among)
    found = traces_of(report, form.reading, among, decided, without=forgotten.values())
    traces = [trace for trace, _match in found]
    beside = [
        trace
        for trace in stored_traces(meeting)
        if not earlier or trace.report_id != earlier.pk or trace.pk in forgotten
    ]
    context = {
        **about(meeting),
        "page": ReportPage(report, traces, among, told_of([*traces, *beside], meeting), answers or Answers()),
        "reading": form.reading,
        "is_of_the_day": form.reading.is_of(meeting.starts_at, meeting.ends_at),
        "earlier": earlier,
        "form": form,
        "packed": form.packed,
        "refusal": refusal,
        "door": DoorList(meeting, now),
    }
    failed = refusal or form.errors or (answers and answers.errors)
    return render(request, "platform_reports/understood.html", context, status=422 if failed else 200)
