"""A question is reported, and the host's staff decide."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest

from .. import access, actions, errors
from ..forms import ReportForm
from ..models import Question
from ..places import has_place
from ..showing import asker_for_host


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """GET asks why, POST hides it from others until it is decided."""
    question, registration = access.question_for(request, pk)
    shown = Question.objects.shown().filter(pk=pk).exists() and has_place(registration)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if access.too_fast(request, "report"):
                raise errors.TooFast(question.meeting)
            actions.report(question=question, registration=registration, by=request.user, **form.cleaned_data)
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request,
                _(
                    "Thank you. Nobody sees it now, until the host’s staff have decided. We write to you then."
                ),
            )
            return redirect("interaction:questions", question.meeting_id)
    session = question.meeting.session
    context = {
        "question": question,
        "is_shown": shown,
        "meeting": question.meeting,
        "session": session,
        "activity": session.activity,
        "form": form,
    }
    return render(request, "interaction/report.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: PersonRequest, pk: int) -> HttpResponse:
    """`upheld=1` sets the question aside, `upheld=0` lets it appear again."""
    report = access.report_to_decide(request, pk)
    if request.method == "POST":
        actions.decide(report=report, upheld=request.POST.get("upheld") == "1", by=request.user)
        messages.success(request, _("Decided. Who reported it and who asked it are told by letter."))
        return redirect("interaction:moderation", report.meeting_id)
    session = report.meeting.session
    context = {
        "report": report,
        "who": asker_for_host(report.question) if report.question else "",
        "reporter": report.registration.seen if report.registration else "",
        "meeting": report.meeting,
        "session": session,
        "activity": session.activity,
    }
    return render(request, "interaction/decision.html", context)
