"""A check-in at the list is struck, or let stand again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.expired_forms import never_sent_again
from accounts.http import person_of
from registrations.models import Registration

from .. import access, actions, errors
from .door import line_in_list

DOES = {"strike": actions.strike, "let_stand": actions.let_stand}


@never_cache
@never_sent_again
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_of(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """GET leads to the list, where the buttons are."""
    if request.method != "POST":
        access.meeting_for(request, pk)
        return redirect(line_in_list(pk, registration))
    meeting = access.meeting_to_take(request, pk)
    of = Registration.objects.filter(session=meeting.session_id).select_related("person__organization")
    whose: Registration = get_object_or_404(of, pk=registration)
    do = DOES.get(request.POST.get("check_in", ""))
    if do is None:
        raise Http404
    try:
        do(registration=whose, meeting=meeting, by=person_of(request))
    except errors.Refused as refusal:
        text = _("%(name)s: %(text)s") % {"name": whose.seen, "text": refusal.sentence}
        messages.error(request, text)
        registration = 0
    return redirect(line_in_list(pk, registration, request.POST.get("q", "")))
