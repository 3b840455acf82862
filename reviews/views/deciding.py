"""What who decides does with one proposal: who reads it, what should change, the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.http import PersonRequest
from proposals.views.posting import posts_from
from texts.numbers import number_in

from .. import access, actions, errors
from ..forms import AssignForm, ReasonForm, decision_form
from ..planning import in_host_zone
from ..reviewers import possible_reviewers
from .proposal import show


@never_cache
@posts_from("reviews:proposal")
def reviewers(request: PersonRequest, code: str) -> HttpResponse:
    """Give it to a reviewer, or take it from one."""
    proposal = access.decide(request, code)
    if "remove" in request.POST:
        number = number_in(request.POST["remove"])
        review = None if number is None else proposal.reviews.filter(pk=number).first()
        if review is not None:
            actions.unassign(review=review, by=request.user)
        return redirect("reviews:proposal", code)
    form = AssignForm(request.POST)
    form.offer(possible_reviewers(proposal))
    if not form.is_valid():
        return show(request, proposal, status=422, assign_form=form)
    try:
        given = actions.assign(proposal=proposal, reviewer=form.cleaned_data["reviewer"], by=request.user)
    except errors.Refused as refusal:
        form.add_error("reviewer", refusal.sentence)
        return show(request, proposal, status=403, assign_form=form)
    messages.success(request, _("%(who)s reads it now, and is told by letter.") % {"who": given.reviewer})
    return redirect("reviews:proposal", code)


@never_cache
@posts_from("reviews:proposal")
def changes(request: PersonRequest, code: str) -> HttpResponse:
    """“Please change this.”"""
    proposal = access.decide(request, code)
    form = ReasonForm(request.POST, prefix="changes")
    if not form.is_valid():
        return show(request, proposal, status=422, changes_form=form)
    try:
        actions.ask_for_changes(proposal=proposal, what=form.cleaned_data["reasons"], by=request.user)
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, proposal, status=409, changes_form=form)
    messages.success(request, _("The proposer is asked for changes by letter."))
    return redirect("reviews:proposal", code)


@never_cache
@posts_from("reviews:proposal")
def decision(request: PersonRequest, code: str) -> HttpResponse:
    """Prepare a decision, or take the prepared one back. Nobody is told before it is released."""
    proposal = access.decide(request, code)
    if "take_back" in request.POST:
        prepared = proposal.decisions.filter(released_at=None).first()
        if prepared is not None:
            actions.take_back_decision(decision=prepared, by=request.user)
            messages.success(request, _("The decision is taken back."))
        return redirect("reviews:proposal", code)
    form = decision_form(proposal, request.POST)
    if not form.is_valid():
        return show(request, proposal, status=422, decision_form=form)
    facts = form.cleaned_data
    try:
        starts_at = in_host_zone(facts["starts_at"], facts["host"])
        actions.prepare_decision(
            proposal=proposal,
            verdict=facts["verdict"],
            reasons=facts["reasons"],
            host=facts["host"],
            starts_at=starts_at,
            by=request.user,
        )
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, proposal, status=409, decision_form=form)
    messages.success(request, _("The decision is prepared. Nobody is told before it is released."))
    return redirect("reviews:proposal", code)
