"""A list is closed when the meeting is over, and opened again for a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.expired_forms import never_sent_again
from accounts.http import person_of

from .. import access, actions, errors
from ..closing_form import OpeningForm
from .about import about
from .door import door_of


@never_cache
@never_sent_again
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what will be, and closes; or notes all who are not noted as present, and asks again."""
    meeting = access.meeting_to_close(request, pk)
    by, how = person_of(request), request.POST.get("how", "")
    if request.method == "POST" and how in ("taken", "not_taken", "all_present"):
        try:
            if how == "all_present":
                noted = actions.note_all_present(meeting=meeting, by=by)
                text = ngettext(
                    "%(count)d person was noted as present.", "%(count)d people were noted as present.", noted
                )
                messages.success(request, text % {"count": noted})
                return redirect("attendance:closing", pk)
            actions.close(meeting=meeting, by=by, taken=how == "taken")
            messages.success(request, _("The list is closed."))
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("attendance:list", pk)
    door = door_of(request, meeting)
    context = {
        **about(meeting),
        "door": door,
        "may_be_untaken": not door.guests and len(door.rows) == door.not_noted,
    }
    return render(request, "attendance/closing.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = access.meeting_to_close(request, pk)
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_again(meeting=meeting, by=person_of(request), why=form.cleaned_data["why"])
            messages.success(request, _("The list is open again."))
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("attendance:list", pk)
    context = {
        **about(meeting),
        "door": door_of(request, meeting),
        "form": form,
    }
    return render(request, "attendance/opening.html", context, status=422 if form.errors else 200)
