"""A proposal followed by who proposes it: where it stands, messages, others who propose it too, taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from texts.numbers import number_in

from .. import access, actions, errors, telling
from ..content import STEP_NAMES, sections
from ..forms import CoProposerForm, MessageForm, Whole, WithdrawForm
from ..models import Proposal
from ..models.co_proposer import MOST_CO_PROPOSERS
from ..states import OPEN
from .door import for_proposers


@login_not_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I propose: by my account, and what was begun in this browser."""
    proposals = access.drafts_in_cookie(request)
    if request.user.is_authenticated:
        of_person = Proposal.objects.of(request.user).select_related("activity", "call")
        proposals = [*proposals, *of_person.order_by("-saved_at")]
    rows = [{"proposal": proposal, "next": telling.what_next(proposal)} for proposal in proposals]
    return render(request, "proposals/proposal_mine.html", {"section": "proposals", "rows": rows})


@for_proposers
@require_safe
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """One proposal of mine: where it stands, what happened, what comes next and by when."""
    own = access.mine(request, code)
    return show(request, own, MessageForm())


def show(request: HttpRequest, own: access.Mine, form: MessageForm, status: int = 200) -> HttpResponse:
    proposal = own.proposal
    last = proposal.revisions.last()
    context = {
        "section": "proposals",
        "mine": own,
        "proposal": proposal,
        "call": proposal.call,
        "headline": telling.headline(proposal),
        "next": telling.what_next(proposal),
        "history": telling.history(proposal),
        "messages_of": list(proposal.messages.select_related("by")),
        "form": form,
        "co_proposers": list(proposal.co_proposers.beside().select_related("person")),
        "may_invite": own.signed_in and (proposal.is_draft or proposal.is_open),
        "may_withdraw": own.owns and proposal.state in OPEN,
        "may_edit": own.writes and proposal.may_be_edited,
        "sections": sections(last.content, names=True) if last else [],
        "files": list(proposal.attachments.filter(removed_at=None)),
        "revisions": proposal.revisions.count(),
        "sessions": telling.outcome(proposal),
        "is_published": bool(proposal.activity and proposal.activity.is_public),
    }
    if proposal.is_draft:
        whole = Whole(proposal, request.user if request.user.is_authenticated else None)
        context |= {
            "go_on": next((name for name in STEP_NAMES if name in whole.unfinished), ""),
            "waits_for_proof": proposal.unproven is not None,
            "unproven_email": (proposal.unproven or {}).get("contact_email", ""),
        }
    elif own.writes and proposal.may_be_edited:
        whole = Whole(proposal, None)
        context["has_unsent"] = last is not None and (
            not whole.is_complete or whole.content() != last.content
        )
    return render(request, "proposals/proposal_detail.html", context, status=status)


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, code: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(access.mine(request, code).proposal)
    own = access.signed_in_as_proposer(request, code)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show(request, own, form, status=422)
    if access.too_often(request, "message", key=str(own.person.pk)):
        form.add_error(
            None, _("Many messages came from here within an hour. Yours is below: send it a little later.")
        )
        return show(request, own, form, status=429)
    try:
        actions.write_message(
            proposal=own.proposal, text=form.cleaned_data["text"], by=own.person, from_desk=False
        )
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, own, form, status=409)
    messages.success(request, _("Your message has arrived. The answer comes here and by letter."))
    return redirect(own.proposal)


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def co_proposers(request: HttpRequest, code: str) -> HttpResponse:
    own = access.signed_in_as_proposer(request, code)
    proposal = own.proposal
    form = CoProposerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and "remove" in request.POST:
        return remove_co_proposer(request, own)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if access.too_often(request, "invite", key=str(own.person.pk)):
                form.add_error(None, _("You asked many people within a day. Ask the others tomorrow."))
                status = 429
            else:
                try:
                    actions.invite_co_proposer(
                        proposal=proposal, email=form.cleaned_data["email"], by=own.person
                    )
                except errors.Refused as refusal:
                    form.add_error("email", refusal.sentence)
                else:
                    messages.success(
                        request,
                        _("An invitation is on its way to %(email)s.")
                        % {"email": form.cleaned_data["email"]},
                    )
                    return redirect("proposals:co_proposers", code)
    asked = list(proposal.co_proposers.beside().select_related("person"))
    context = {
        "section": "proposals",
        "mine": own,
        "proposal": proposal,
        "form": form,
        "asked": asked,
        "most": MOST_CO_PROPOSERS,
        "is_full": len(asked) >= MOST_CO_PROPOSERS,
    }
    return render(request, "proposals/proposal_co_proposers.html", context, status=status)


def remove_co_proposer(request: HttpRequest, own: access.MineAsPerson) -> HttpResponse:
    number = number_in(request.POST.get("remove", ""))
    asked = None if number is None else own.proposal.co_proposers.filter(pk=number).first()
    if asked is not None:
        try:
            actions.remove_co_proposer(asked=asked, by=own.person)
        except errors.NotYours:
            raise PermissionDenied from None
        messages.success(request, _("%(who)s no longer proposes it with you.") % {"who": asked})
        if asked.person_id == own.person.pk:
            return redirect("proposals:mine")
    return redirect("proposals:co_proposers", own.proposal.code)


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    own = access.signed_in_as_proposer(request, code)
    if not own.owns:
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(proposal=own.proposal, by=own.person, why=form.cleaned_data["why"])
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Your proposal is withdrawn. Thank you for telling us."))
        return redirect(own.proposal)
    context = {"section": "proposals", "proposal": own.proposal, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/proposal_withdrawal.html", context, status=status)
