"""A person's own page of whom they act for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from texts.numbers import number_in

from . import access, actions
from .errors import Refused
from .my_pages import own_claims

DEEDS = {"leave": actions.leave, "act_for": actions.act_for}


@require_http_methods(["GET", "HEAD", "POST"])
def organizations(request: PersonRequest) -> HttpResponse:
    """GET shows all that was ever claimed; POST says for which one acts, or no longer acts."""
    if request.method == "POST":
        deed = next((name for name in DEEDS if name in request.POST), "")
        if deed:
            claim = access.own_claim(request.user, number_in(request.POST[deed]))
            try:
                DEEDS[deed](claim=claim, by=request.user)
            except Refused as refusal:
                messages.error(request, refusal.sentence)
            else:
                messages.success(request, said(deed) % {"organization": claim.organization.name_shown})
        return redirect("membership:organizations")
    context = {"claims": own_claims(request.user, timezone.now())}
    return render(request, "membership/organizations.html", context)


def said(deed: str) -> str:
    if deed == "leave":
        return _("Noted: you no longer act for %(organization)s. What you are registered for stays.")
    return _("You act for %(organization)s from now on.")
