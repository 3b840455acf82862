"""A draft as a whole: taken to another device, thrown away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import access, actions
from ..forms import ContinueForm
from .door import for_proposers, reader


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def continuation(request: HttpRequest, code: str) -> HttpResponse:
    """A letter with the link that opens the draft on another device."""
    own = access.mine(request, code)
    proposal = own.proposal
    if proposal.person_id or not proposal.is_draft:
        raise Http404  # whoever has an account signs in there
    form = ContinueForm(
        request.POST if request.method == "POST" else None,
        initial={"email": proposal.draft.get("contact_email", "")},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            email = form.cleaned_data["email"]
            if access.too_often(request, "letter", key=email.lower()):
                form.add_error(
                    "email", _("Several letters went there within an hour. Look for the newest one.")
                )
                status = 429
            else:
                actions.send_link(proposal=proposal, email=email)
                messages.success(
                    request, _("A letter with the link is on its way to %(email)s.") % {"email": email}
                )
                return redirect(proposal)
    context = {"section": "proposals", "proposal": proposal, "form": form}
    return render(request, "proposals/proposal_continuation.html", context, status=status)


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: HttpRequest, code: str) -> HttpResponse:
    own = access.mine(request, code)
    if not own.proposal.is_draft or not (own.owns or own.proposal.person_id is None):
        raise Http404
    if request.method == "POST":
        actions.discard(proposal=own.proposal, by=reader(request))
        messages.success(request, _("The draft is deleted."))
        return redirect("proposals:mine")
    context = {"section": "proposals", "proposal": own.proposal}
    return render(request, "proposals/proposal_deletion.html", context)
