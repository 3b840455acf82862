"""Who helps at a session: named and dismissed by the host's staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest

from .. import access, actions, errors
from ..forms import HelperForm
from ..models.helper import AFTER, BEFORE


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helpers(request: PersonRequest, pk: int) -> HttpResponse:
    session = access.session_to_staff(request, pk)
    may_name = access.may_name_helpers(request.user, session)
    form = HelperForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        session = access.session_to_name_helpers(request, pk)
        status = 422
        if form.is_valid():
            try:
                helper = actions.name_helper(session=session, by=request.user, **form.cleaned_data)
            except errors.TooManyHelpers as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _("%(email)s helps at this session now.") % {"email": helper.email})
                return redirect("attendance:helpers", session.pk)
    context = {
        "session": session,
        "activity": session.activity,
        "helpers": session.helpers.select_related("named_by"),
        "form": form,
        "may_name": may_name,
        "since": session.starts_at - BEFORE,
        "until": session.ends_at + AFTER,
    }
    return render(request, "attendance/helpers.html", context, status=status)


@require_POST
def dismiss(request: PersonRequest, pk: int, helper: int) -> HttpResponse:
    session = access.session_to_name_helpers(request, pk)
    found = get_object_or_404(session.helpers, pk=helper)
    actions.dismiss_helper(helper=found, by=request.user)
    messages.success(request, _("%(email)s sees the list no longer.") % {"email": found.email})
    return redirect("attendance:helpers", session.pk)
