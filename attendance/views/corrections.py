"""“This is wrong”: asked on the registration's page, answered at the host's desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from registrations.access import own_registration

from .. import access, actions, errors
from ..forms import AnswerForm, CorrectionForm
from ..models import Attendance
from ..own_attendance import line_of
from .about import about


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: PersonRequest, code: str, meeting: int) -> HttpResponse:
    """For the person it is about and nobody else."""
    registration = own_registration(request, code)
    found = get_object_or_404(registration.session.meetings, pk=meeting)
    found.session = registration.session
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.ask_correction(
                    registration=registration, meeting=found, by=request.user, **form.cleaned_data
                )
            except errors.Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _("The host’s staff look at it, and answer you by letter."))
                return redirect(registration)
    context = {
        "registration": registration,
        **about(found),
        "line": line_of(registration, found),
        "form": form,
    }
    return render(request, "attendance/correction.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PersonRequest, pk: int, correction: int) -> HttpResponse:
    """For the host's staff."""
    meeting = access.meeting_to_close(request, pk)
    asked = get_object_or_404(
        meeting.corrections.select_related("registration__person__organization"), pk=correction
    )
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_correction(correction=asked, by=request.user, **form.cleaned_data)
        except errors.Refused as refusal:
            form.add_error("answer" if isinstance(refusal, errors.AnswerMissing) else None, refusal.sentence)
        else:
            messages.success(request, _("Answered. The person is told by letter."))
            return redirect("attendance:list", meeting.pk)
    if request.method == "POST":
        status = 422
    context = {
        **about(meeting),
        "correction": asked,
        "rows": Attendance.objects.filter(meeting=meeting, registration=asked.registration).select_related(
            "noted_by", "struck_by"
        ),
        "form": form,
    }
    return render(request, "attendance/answer.html", context, status=status)
