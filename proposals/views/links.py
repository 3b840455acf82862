"""What links in letters open: GET shows a page with a button, because mail scanners follow links; POST does it."""

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import access, actions, errors, tokens
from ..models import Proposal


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """“One click left”: the address is proven, and what waited is sent."""
    if access.too_often(request, "link"):
        return respond_429(request)
    try:
        if request.method == "POST":
            sent = actions.confirm(token=token)
            messages.success(
                request,
                _("Your proposal is sent. Its reference number is %(code)s, and a receipt is on its way.")
                % {"code": sent.code},
            )
            response = redirect(sent)
            access.remember(request, response, sent)
            return response
        pk, email, _moment = tokens.read_confirmation(token)
        proposal = Proposal.objects.filter(pk=pk).first()
        if proposal is None:
            raise errors.LinkNoLongerGood
    except errors.LinkNoLongerGood:
        return no_longer_good(request)
    context = {"section": "proposals", "proposal": proposal, "email": email, "is_sent": not proposal.is_draft}
    return render(request, "proposals/link_confirmation.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def continuing(request: HttpRequest, token: str) -> HttpResponse:
    """Opens a draft in this browser."""
    if access.too_often(request, "link"):
        return respond_429(request)
    try:
        proposal = tokens.read_continuation(token)
    except errors.LinkNoLongerGood:
        return no_longer_good(request)
    if request.method == "POST":
        response = redirect(proposal)
        access.remember(request, response, proposal)
        return response
    return render(request, "proposals/link_continuing.html", {"section": "proposals", "proposal": proposal})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: HttpRequest, token: str) -> HttpResponse:
    """“Propose together?”"""
    if access.too_often(request, "link"):
        return respond_429(request)
    try:
        asked = tokens.read_joining(token)
        if request.method == "POST":
            actions.join_as_co_proposer(asked=asked)
            messages.success(
                request,
                _("Thank you: you propose it together now. Sign in with %(email)s to follow it.")
                % {"email": asked.email},
            )
            return redirect("proposals:mine")
    except errors.LinkNoLongerGood:
        return no_longer_good(request)
    context = {"section": "proposals", "asked": asked, "proposal": asked.proposal}
    return render(request, "proposals/link_joining.html", context)


def no_longer_good(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/link_no_longer_good.html", status=410)
