"""The page of a focal point: who waits for their word, who is registered, what is coming."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest
from accounts.models import Organization
from desk.audit import note
from membership.errors import Refused as ClaimRefused
from membership.models import Claim
from texts.numbers import number_in

from . import access, actions
from .audit import OPENED
from .errors import Refused
from .page_parts import parts_of


@never_cache
@never_sent_again
@access.for_focal_points
@require_http_methods(["GET", "HEAD", "POST"])
def endorsements(request: PersonRequest) -> HttpResponse:
    """GET shows what there is of one organization, and the history tells that it was looked at; POST confirms one person."""
    person, now = request.user, timezone.now()
    offices = access.offices(person, now)
    if request.method == "POST":
        return confirm(request)
    asked = request.GET.get("organization", "")
    office = next((one for one in offices if one.organization.slug == asked), offices[0])
    parts = parts_of(person, office.organization, now)
    if request.method == "GET":
        note(office, by=person, done=OPENED, lists=[part.name for part in parts])
    context = {"office": office, "offices": offices, "parts": parts}
    return render(request, "focal_points/endorsements.html", context)


def confirm(request: PersonRequest) -> HttpResponse:
    if "confirm" not in request.POST:
        return redirect("focal_points:endorsements")
    number = number_in(request.POST["confirm"])
    claim = access.claim_to_answer(request.user, number, timezone.now())
    try:
        actions.confirm(claim=claim, by=request.user)
    except (Refused, ClaimRefused) as refusal:
        messages.error(request, refusal.sentence)
    else:
        words = _("%(person)s is confirmed for %(organization)s, and told so.")
        messages.success(request, words % told_of(claim))
    return redirect(page_of(claim.organization))


@never_cache
@never_sent_again
@access.for_focal_points
@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: PersonRequest, pk: int) -> HttpResponse:
    """GET asks, POST says that they are not of the organization."""
    claim = access.claim_to_answer(request.user, pk, timezone.now())
    if request.method != "POST":
        back = page_of(claim.organization)
        return render(request, "focal_points/refusal.html", {"claim": claim, "back": back})
    try:
        actions.refuse(claim=claim, by=request.user)
    except (Refused, ClaimRefused) as refused:
        messages.error(request, refused.sentence)
    else:
        words = _("%(person)s does not act for %(organization)s, and is told so.")
        messages.success(request, words % told_of(claim))
    return redirect(page_of(claim.organization))


def told_of(claim: Claim) -> dict[str, object]:
    return {"person": claim.person, "organization": claim.organization.name_shown}


def page_of(organization: Organization) -> str:
    return f"{reverse('focal_points:endorsements')}?{urlencode({'organization': organization.slug})}"
