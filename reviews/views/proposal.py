"""One proposal on one screen. Names show where this reader may see them, and nowhere else."""

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from proposals import readers
from proposals.content import sections
from proposals.criteria import criteria_of
from proposals.forms import MessageForm
from proposals.models import Proposal, Review, Revision
from proposals.states import READ, State

from .. import access, errors
from ..differences import changes
from ..forms import AssignForm, ConflictForm, ReasonForm, decision_form, review_form
from ..hidden_names import file_names, history_shown, sees_names, who_did
from ..queue import Queue
from ..reviewers import possible_reviewers, refuse_reviewer
from ..verdicts import verdicts, weighted


@never_cache
@require_safe
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    return show(request, access.read(request, code))


def show(request: HttpRequest, proposal: Proposal, *, status: int = 200, **bound: Any) -> HttpResponse:
    """One proposal on one screen. `bound` are forms that came back with errors."""
    person = access.at_the_desk(request)
    names = sees_names(person, proposal)
    decides = readers.decides(person)
    revisions = list(proposal.revisions.all())
    last = revisions[-1]
    reviews = list(proposal.reviews.select_related("reviewer").prefetch_related("scores"))
    own = next((review for review in reviews if review.reviewer_id == person.pk), None)
    may_review = proposal.state in READ and may(person, proposal)
    criteria = criteria_of(proposal.call)
    # Colleagues' scores show once one's own are given: nobody leans on another.
    sees_scores = decides or readers.sees_board(person) or bool(own and own.finished_at)
    attachments = list(proposal.attachments.filter(pk__in=last.content["attachments"]))
    before, after = Queue(person, request.GET).neighbors(proposal)
    context = {
        "section": "proposals",
        "proposal": proposal,
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
        "verdicts": verdicts(proposal, reviews) if sees_scores else None,
        "history": history(proposal, names=names),
        "messages_of": list(proposal.messages.select_related("by")),
        "message_form": bound.get("message_form") or MessageForm(prefix="message"),
        "before": before,
        "after": after,
        "age": proposal.age_in_days(timezone.now()),
    }
    if decides:
        assign_form = bound.get("assign_form") or AssignForm()
        assign_form.fields["reviewer"].offer(possible_reviewers(proposal))
        context |= {
            "assign_form": assign_form,
            "waiting_reviews": [
                review for review in reviews if not review.finished_at and not review.conflict_at
            ],
            "changes_form": bound.get("changes_form") or ReasonForm(prefix="changes"),
            "decision": proposal.decisions.filter(released_at=None)
            .select_related("host", "prepared_by")
            .first(),
            "decision_form": bound.get("decision_form") or decision_form(proposal),
            "may_ask": proposal.state in READ,
            "may_decide": proposal.state in READ or proposal.state == State.CHANGES_ASKED,
        }
    return render(request, "reviews/proposal.html", context, status=status)


def versions(revisions: list[Revision], *, names: bool) -> list[dict[str, Any]]:
    """What changed with each version, the newest first."""
    return [
        {"revision": after, "changes": changes(before.content, after.content, names=names)}
        for before, after in reversed(list(pairwise(revisions)))
    ]


def may(person: Any, proposal: Proposal) -> bool:
    try:
        refuse_reviewer(person, proposal)
    except errors.Refused:
        return False
    return True


def told(review: Review, criteria: list[Any]) -> dict[str, Any]:
    scores = {score.criterion: score for score in review.scores.all()}
    return {
        "review": review,
        "mark": weighted({key: score.value for key, score in scores.items()}, criteria),
        "scores": [(criterion, scores[criterion.key]) for criterion in criteria if criterion.key in scores],
    }


def history(proposal: Proposal, *, names: bool) -> list[dict[str, Any]]:
    return [
        {
            "line": line,
            "text": State(line.to_state).label if line.deed == line.Deed.MOVED else line.get_deed_display(),
            "who": who_did(line, names=names),
        }
        for line in history_shown(proposal, names=names)
    ]
