"""What a reader says of a proposal: scores and comments, an interest of their own, a word to who proposes it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.http import PersonRequest
from proposals import readers
from proposals.actions import write_message
from proposals.criteria import criteria_of
from proposals.forms import MessageForm
from proposals.views.posting import posts_from

from .. import access, actions, errors
from ..forms import ConflictForm, review_form
from ..queue import Queue
from .proposal import show


@never_cache
@posts_from("reviews:proposal")
def review(request: PersonRequest, code: str) -> HttpResponse:
    proposal = access.read(request, code)
    own = proposal.reviews.filter(reviewer=request.user).prefetch_related("scores").first()
    form = review_form(criteria_of(proposal.call), own, request.POST)
    if not form.is_valid():
        return show(request, proposal, status=422, review_form=form)
    try:
        kept = actions.finish_review(
            proposal=proposal,
            by=request.user,
            scores=form.scores(),
            to_colleagues=form.cleaned_data["to_colleagues"],
            to_proposer=form.cleaned_data["to_proposer"],
        )
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, proposal, status=403, review_form=form)
    if kept.finished_at:
        messages.success(request, _("Your review is given. You can change it until the decision."))
        _before, after = Queue(request.user, request.GET).neighbors(proposal)
        if "next" in request.POST and after is not None:
            return redirect("reviews:proposal", after)
    else:
        messages.info(
            request, _("What you wrote is kept. The review counts once every criterion has a score.")
        )
    return redirect("reviews:proposal", code)


@never_cache
@posts_from("reviews:proposal")
def conflict(request: PersonRequest, code: str) -> HttpResponse:
    proposal = access.read(request, code)
    form = ConflictForm(request.POST)
    if not form.is_valid():
        return show(request, proposal, status=422, conflict_form=form)
    try:
        actions.declare_conflict(proposal=proposal, by=request.user, why=form.cleaned_data["why"])
    except errors.NotYours:
        raise PermissionDenied from None
    messages.success(request, _("Thank you for saying so. You no longer see this proposal."))
    return redirect("reviews:queue")


@never_cache
@posts_from("reviews:proposal")
def message(request: PersonRequest, code: str) -> HttpResponse:
    proposal = access.read(request, code)
    if not (readers.decides(request.user) or readers.reviews(request.user)):
        raise PermissionDenied
    form = MessageForm(request.POST, prefix="message")
    if not form.is_valid():
        return show(request, proposal, status=422, message_form=form)
    try:
        write_message(proposal=proposal, text=form.cleaned_data["text"], by=request.user, from_desk=True)
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, proposal, status=403, message_form=form)
    messages.success(request, _("Your message is on its way."))
    return redirect("reviews:proposal", code)
