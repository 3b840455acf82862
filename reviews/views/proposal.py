"""One proposal on one screen."""

from typing import Unpack

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from proposals.models import Proposal

from .. import access
from ..proposal_page import Bound, ProposalPage


@never_cache
@require_safe
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    return show(request, access.read(request, code))


def show(
    request: HttpRequest, proposal: Proposal, *, status: int = 200, **bound: Unpack[Bound]
) -> HttpResponse:
    person = access.at_the_desk(request)
    page = ProposalPage(person, proposal, asked=request.GET, bound=bound)
    context = {"section": "proposals", "proposal": proposal, "page": page}
    return render(request, "reviews/proposal.html", context, status=status)
