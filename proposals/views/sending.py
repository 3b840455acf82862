"""Sending a proposal: all of it once more, and the button."""

from functools import cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import access, actions, errors, readers
from ..content import STEPS, sections
from ..forms import StepForm, Whole
from ..models import Proposal
from ..models.call import GRACE
from ..similar import alike
from ..step_page import kept_files, outline
from .door import for_proposers, reader
from .writing import trapped

# Nobody has written a proposal in so many seconds.
FASTEST = 4


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, code: str) -> HttpResponse:
    proposal = access.writing(request, code).proposal
    if not proposal.may_be_edited:
        messages.info(request, errors.CannotBeEdited().sentence)
        return redirect(proposal)
    whole = Whole(proposal, reader(request))
    if request.method != "POST":
        return show_sending(request, proposal, whole)
    if request.POST.get("website"):
        return show_sending(request, proposal, whole, refusal=trapped(), status=422)
    if (timezone.now() - proposal.started_at).total_seconds() < FASTEST:
        refusal = _("That was quick. Read it through once more, then press the button again.")
        return show_sending(request, proposal, whole, refusal=refusal, status=422)
    if access.too_often(request, "send"):
        refusal = _(
            "Many proposals were sent from here within an hour. All is kept: wait a while, then press again."
        )
        return show_sending(request, proposal, whole, refusal=refusal, status=429)
    if not whole.is_complete:
        return show_sending(request, proposal, whole, status=422)
    try:
        return send(request, proposal, whole)
    except errors.Refused as refused:
        return show_sending(
            request,
            proposal,
            whole,
            refusal=refused.sentence,
            closed=isinstance(refused, errors.CallClosed),
            status=409,
        )


def send(request: HttpRequest, proposal: Proposal, whole: Whole) -> HttpResponse:
    person = reader(request)
    content = whole.content()
    if not proposal.is_draft:
        if person is None:
            raise errors.CannotBeEdited
        actions.send_again(proposal=proposal, content=content, by=person)
        messages.success(request, _("Your new version is sent. Thank you."))
    elif person is not None:
        sent = actions.send(proposal=proposal, content=content, by=person)
        messages.success(
            request,
            _(
                "Your proposal is sent. Its reference number is %(code)s, and a receipt is on its way to %(email)s."
            )
            % {"code": sent.code, "email": person.email},
        )
    else:
        actions.ask_to_confirm(proposal=proposal, content=content)
        messages.success(
            request,
            _(
                "One click left: we sent a letter to %(email)s. Open the link in it, and your proposal is sent."
            )
            % {"email": content["contact_email"]},
        )
    return redirect(proposal)


def show_sending(
    request: HttpRequest,
    proposal: Proposal,
    whole: Whole,
    *,
    status: int = 200,
    refusal: str = "",
    closed: bool = False,
) -> HttpResponse:
    now = timezone.now()
    call = proposal.call
    unfinished = whole.unfinished
    context = {
        "section": "proposals",
        "proposal": proposal,
        "call": call,
        "call_is_closed": call is not None and now >= call.closes_at,
        "grace_ends": call.closes_at + GRACE if call else None,
        "steps": outline(proposal, "sending"),
        "unfinished": [
            {"step": step, "problems": problems(whole.forms[step.name])}
            for step in STEPS
            if step.name in unfinished
        ],
        "sections": sections(whole.content(), names=True) if not unfinished else [],
        "files": kept_files(proposal),
        "similar": alike(proposal.typed_title, but=proposal.code),
        "mailbox": cache(readers.secretariat_address),
        "sends_again": not proposal.is_draft,
        "refusal": refusal,
        "closed": closed,
    }
    return render(request, "proposals/proposal_sending.html", context, status=status)


def problems(form: StepForm) -> list[str]:
    return [
        f"{form[name].label}: {error}" if name in form.fields else str(error)
        for name, errors_of in form.errors.items()
        for error in errors_of
    ]


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def leave_call(request: HttpRequest, code: str) -> HttpResponse:
    """The call is over; the text goes on without it. GET only leads back."""
    own = access.writing(request, code)
    if request.method == "POST":
        try:
            actions.leave_call(proposal=own.proposal, by=reader(request))
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(
                request, _("Your proposal no longer belongs to the call. You can send it at any time.")
            )
    return redirect("proposals:sending", code)
