"""Where proposals are read: a queue, and each on one screen. Names show where this reader may see them, and nowhere else."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desk.clock import in_zone
from files.downloads import send_file
from hubs.models import Host
from texts.numbers import number_in

from .. import access, actions, errors, readers
from ..content import changes as differences
from ..content import sections
from ..criteria import criteria_of, verdicts, weighted
from ..files import give_out_without_names
from ..forms import AssignForm, ConflictForm, DecisionForm, MessageForm, ReasonForm, ReviewForm
from ..models import Decision, Proposal, Review, Revision, Score
from ..properties import Unreadable
from ..queue import Queue
from ..states import READ, State
from .posting import posts_from

USUAL_HOUR = 10
TO_ANNOUNCE = timedelta(weeks=4)  # people in other cities hear of it, register, and ask their offices


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    person = access.at_the_desk(request)
    return render(
        request,
        "proposals/desk_queue.html",
        {
            "section": "proposals",
            "queue": Queue(person, request.GET),
            "sees_board": readers.sees_board(person),
        },
    )


@never_cache
@require_safe
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    return show(request, access.read(request, code))


def show(request: HttpRequest, found: Proposal, *, status: int = 200, **bound: Any) -> HttpResponse:
    """One proposal on one screen. `bound` are forms that came back with errors."""
    person = access.at_the_desk(request)
    names = readers.sees_names(person, found)
    decides = readers.decides(person)
    revisions = list(found.revisions.all())
    last = revisions[-1]
    reviews = list(found.reviews.select_related("reviewer").prefetch_related("scores"))
    own = next((review for review in reviews if review.reviewer_id == person.pk), None)
    may_review = found.state in READ and may(person, found)
    criteria = criteria_of(found.call)
    # Colleagues' scores show once one's own are given: nobody leans on another.
    sees_scores = decides or readers.sees_board(person) or bool(own and own.finished_at)
    attachments = list(found.attachments.filter(pk__in=last.content["attachments"]))
    before, after = Queue(person, request.GET).neighbors(found)
    context = {
        "section": "proposals",
        "proposal": found,
        "names": names,
        "decides": decides,
        "sections": sections(last.content, names=names),
        "revision": last,
        "revisions": len(revisions),
        "versions": versions(revisions, names=names),
        "files": file_names(attachments, names=names),
        "criteria": criteria,
        "own": own,
        "may_review": may_review,
        "review_form": bound.get("review_form") or (review_form(criteria, own) if may_review else None),
        "conflict_form": bound.get("conflict_form") or ConflictForm(),
        "reviews": [told(review, criteria) for review in reviews] if sees_scores else [],
        "sees_scores": sees_scores,
        "verdicts": verdicts(found, reviews) if sees_scores else None,
        "history": desk_history(found, names=names),
        "messages_of": list(found.messages.select_related("by")),
        "message_form": bound.get("message_form") or MessageForm(prefix="message"),
        "before": before,
        "after": after,
        "age": found.age_in_days(timezone.now()),
    }
    if decides:
        assign_form = bound.get("assign_form") or AssignForm()
        assign_form.fields["reviewer"].offer(readers.possible_reviewers(found))
        context |= {
            "assign_form": assign_form,
            "waiting_reviews": [one for one in reviews if not one.finished_at and not one.conflict_at],
            "changes_form": bound.get("changes_form") or ReasonForm(prefix="changes"),
            "decision": found.decisions.filter(released_at=None)
            .select_related("host", "prepared_by")
            .first(),
            "decision_form": bound.get("decision_form") or decision_form(found),
            "may_ask": found.state in READ,
            "may_decide": found.state in READ or found.state == State.CHANGES_ASKED,
        }
    return render(request, "proposals/desk_proposal.html", context, status=status)


def versions(revisions: list[Revision], *, names: bool) -> list[dict[str, Any]]:
    """What changed with each version, the newest first."""
    return [
        {"revision": after, "changes": differences(before.content, after.content, names=names)}
        for before, after in reversed(list(pairwise(revisions)))
    ]


def may(person: Any, found: Proposal) -> bool:
    try:
        readers.refuse_reviewer(person, found)
    except errors.Refused:
        return False
    return True


def file_names(attachments: list[Any], *, names: bool) -> list[tuple[Any, str]]:
    """A file's own name may tell who wrote it."""
    return [
        (
            one,
            one.name
            if names
            else _("Concept note %(number)d.%(kind)s") % {"number": number, "kind": one.kind},
        )
        for number, one in enumerate(attachments, 1)
    ]


def told(review: Review, criteria: list[Any]) -> dict[str, Any]:
    scores = {score.criterion: score for score in review.scores.all()}
    return {
        "review": review,
        "mark": weighted({key: score.value for key, score in scores.items()}, criteria),
        "scores": [(one, scores[one.key]) for one in criteria if one.key in scores],
    }


def desk_history(found: Proposal, *, names: bool) -> list[dict[str, Any]]:
    return [
        {
            "line": line,
            "text": State(line.to_state).label if line.deed == line.Deed.MOVED else line.get_deed_display(),
            "who": (
                _("The proposer") if line.by_proposer and not names else str(line.by or _("The station"))
            ),
        }
        for line in found.history.select_related("by")
        if names or line.deed != line.Deed.JOINED
    ]


def review_form(criteria: list[Any], own: Review | None, data: Any = None) -> ReviewForm:
    initial: dict[str, Any] = {}
    if own is not None:
        initial = {score.criterion: str(score.value) for score in own.scores.all()}
        initial |= {"to_colleagues": own.to_colleagues, "to_proposer": own.to_proposer}
    return ReviewForm(data, criteria=criteria, values=Score.Value.choices, initial=initial)


@never_cache
@posts_from("proposals:desk_proposal")
def review(request: HttpRequest, code: str) -> HttpResponse:
    found = access.read(request, code)
    own = found.reviews.filter(reviewer=request.user).prefetch_related("scores").first()
    form = review_form(criteria_of(found.call), own, request.POST)
    if not form.is_valid():
        return show(request, found, status=422, review_form=form)
    try:
        kept = actions.finish_review(
            proposal=found,
            by=request.user,
            scores=form.scores(),
            to_colleagues=form.cleaned_data["to_colleagues"],
            to_proposer=form.cleaned_data["to_proposer"],
        )
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, found, status=403, review_form=form)
    if kept.finished_at:
        messages.success(request, _("Your review is given. You can change it until the decision."))
        _before, after = Queue(request.user, request.GET).neighbors(found)
        if "next" in request.POST and after is not None:
            return redirect("proposals:desk_proposal", after)
    else:
        messages.info(
            request, _("What you wrote is kept. The review counts once every criterion has a score.")
        )
    return redirect("proposals:desk_proposal", code)


@never_cache
@posts_from("proposals:desk_proposal")
def conflict(request: HttpRequest, code: str) -> HttpResponse:
    found = access.read(request, code)
    form = ConflictForm(request.POST)
    if not form.is_valid():
        return show(request, found, status=422, conflict_form=form)
    try:
        actions.declare_conflict(proposal=found, by=request.user, why=form.cleaned_data["why"])
    except errors.NotYours:
        raise PermissionDenied from None
    messages.success(request, _("Thank you for saying so. You no longer see this proposal."))
    return redirect("proposals:desk")


@never_cache
@posts_from("proposals:desk_proposal")
def message(request: HttpRequest, code: str) -> HttpResponse:
    found = access.read(request, code)
    if not (readers.decides(request.user) or readers.reviews(request.user)):
        raise PermissionDenied
    form = MessageForm(request.POST, prefix="message")
    if not form.is_valid():
        return show(request, found, status=422, message_form=form)
    try:
        actions.write_message(proposal=found, text=form.cleaned_data["text"], by=request.user, from_desk=True)
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, found, status=403, message_form=form)
    messages.success(request, _("Your message is on its way."))
    return redirect("proposals:desk_proposal", code)


@never_cache
@posts_from("proposals:desk_proposal")
def reviewers(request: HttpRequest, code: str) -> HttpResponse:
    """Give it to a reviewer, or take it from one."""
    found = access.decide(request, code)
    if "remove" in request.POST:
        one = found.reviews.filter(pk=number_in(request.POST["remove"])).first()
        if one is not None:
            actions.unassign(review=one, by=request.user)
        return redirect("proposals:desk_proposal", code)
    form = AssignForm(request.POST)
    field: Any = form.fields["reviewer"]
    field.offer(readers.possible_reviewers(found))
    if not form.is_valid():
        return show(request, found, status=422, assign_form=form)
    try:
        given = actions.assign(proposal=found, reviewer=form.cleaned_data["reviewer"], by=request.user)
    except errors.Refused as refusal:
        form.add_error("reviewer", refusal.sentence)
        return show(request, found, status=403, assign_form=form)
    messages.success(request, _("%(who)s reads it now, and is told by letter.") % {"who": given.reviewer})
    return redirect("proposals:desk_proposal", code)


@never_cache
@posts_from("proposals:desk_proposal")
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """“Please change this.”"""
    found = access.decide(request, code)
    form = ReasonForm(request.POST, prefix="changes")
    if not form.is_valid():
        return show(request, found, status=422, changes_form=form)
    try:
        actions.ask_for_changes(proposal=found, what=form.cleaned_data["reasons"], by=request.user)
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, found, status=409, changes_form=form)
    messages.success(request, _("The proposer is asked for changes by letter."))
    return redirect("proposals:desk_proposal", code)


# Deciding


def decision_form(found: Proposal, data: Any = None) -> DecisionForm:
    wanted = found.host or (found.call.hosts.first() if found.call else None)
    return DecisionForm(
        data,
        prefix="decision",
        verdicts=Decision.Verdict.choices,
        language=found.person.language if found.person else found.language,
        initial={"host": wanted, "starts_at": usual_start(found, wanted)},
    )


def usual_start(found: Proposal, host: Host | None) -> datetime | None:
    """What stands in the field at first: the first Tuesday in a month wished for that leaves time to announce it, at ten on
    the host's clock. Empty when no month wished for leaves that time: then a person chooses."""
    today = timezone.now().astimezone(host.zone if host else ZoneInfo("UTC")).replace(tzinfo=None)
    revision = found.revisions.last()
    for text in sorted((revision.content.get("months") if revision else None) or []):
        first = datetime.strptime(f"{text}-01 {USUAL_HOUR}", "%Y-%m-%d %H")
        earliest = max(first, datetime.combine((today + TO_ANNOUNCE).date(), first.time()))
        tuesday = earliest + timedelta(days=(1 - earliest.weekday()) % 7)
        if (tuesday.year, tuesday.month) == (first.year, first.month):
            return tuesday
    return None


@never_cache
@posts_from("proposals:desk_proposal")
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """Prepare a decision, or take the prepared one back. Nobody is told before it is released."""
    found = access.decide(request, code)
    if "take_back" in request.POST:
        prepared = found.decisions.filter(released_at=None).first()
        if prepared is not None:
            actions.take_back_decision(decision=prepared, by=request.user)
            messages.success(request, _("The decision is taken back."))
        return redirect("proposals:desk_proposal", code)
    form = decision_form(found, request.POST)
    if not form.is_valid():
        return show(request, found, status=422, decision_form=form)
    facts = form.cleaned_data
    try:
        starts_at = in_host_zone(facts["starts_at"], facts["host"])
        actions.prepare_decision(
            proposal=found,
            verdict=facts["verdict"],
            reasons=facts["reasons"],
            host=facts["host"],
            starts_at=starts_at,
            by=request.user,
        )
    except errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, found, status=409, decision_form=form)
    messages.success(request, _("The decision is prepared. Nobody is told before it is released."))
    return redirect("proposals:desk_proposal", code)


def in_host_zone(typed: datetime | None, host: Host | None) -> datetime | None:
    """What was typed is what the clock on the host's wall shows."""
    if typed is None or host is None:
        return None
    return in_zone(timezone.make_naive(typed) if timezone.is_aware(typed) else typed, host.zone)


@never_cache
@require_safe
def file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    attachment = access.attachment_to_read(request, code, pk)
    if readers.sees_names(request.user, attachment.proposal):
        return send_file(request, attachment.file, attachment.name)
    try:
        return give_out_without_names(attachment)
    except Unreadable:
        messages.error(
            request,
            _(
                "This file is broken or locked, so what it tells of its authors could not be taken out. Ask the secretariat "
                "what is in it."
            ),
        )
        return redirect("proposals:desk_proposal", code)
