"""One proposal on one screen, ready to be shown. Names show where this reader may see them, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypedDict

from django.utils import timezone
from django_stubs_ext import StrPromise

from accounts.models import User
from proposals import readers
from proposals.content import Section, sections
from proposals.criteria import Measure, criteria_of
from proposals.forms import MessageForm
from proposals.models import Attachment, Decision, HistoryLine, Message, Proposal, Review, Revision, Score
from proposals.states import READ, State

from . import errors
from .differences import Change, changes
from .forms import (
    AssignForm,
    ConflictForm,
    DecisionForm,
    ReasonForm,
    ReviewForm,
    decision_form,
    review_form,
)
from .hidden_names import file_names, history_shown, sees_names, who_did
from .queue import Queue
from .reviewers import possible_reviewers, refuse_reviewer
from .verdicts import Verdicts, verdicts, weighted


class Bound(TypedDict, total=False):
    """Forms that came back with errors; in place of each other an empty one is shown."""

    review_form: ReviewForm
    conflict_form: ConflictForm
    message_form: MessageForm
    assign_form: AssignForm
    changes_form: ReasonForm
    decision_form: DecisionForm


@dataclass(frozen=True)
class Version:
    """What changed with a revision."""

    revision: Revision
    changes: list[Change]


@dataclass(frozen=True)
class ToldReview:
    review: Review
    mark: float | None
    scores: list[tuple[Measure, Score]]


@dataclass(frozen=True)
class ToldLine:
    line: HistoryLine
    text: StrPromise | str
    who: str


class ProposalPage:
    """What `person` sees of the proposal, and may do with it. `asked` is the queue that they came from."""

    def __init__(self, person: User, proposal: Proposal, *, asked: Mapping[str, str], bound: Bound):
        self.person = person
        self.proposal = proposal
        self.bound = bound
        self.before, self.after = Queue(person, asked).neighbors(proposal)

    # Who looks

    @cached_property
    def names(self) -> bool:
        return sees_names(self.person, self.proposal)

    @cached_property
    def decides(self) -> bool:
        return readers.decides(self.person)

    @cached_property
    def may_review(self) -> bool:
        if self.proposal.state not in READ:
            return False
        try:
            refuse_reviewer(self.person, self.proposal)
        except errors.Refused:
            return False
        return True

    @property
    def may_ask(self) -> bool:
        return self.proposal.state in READ

    @property
    def may_decide(self) -> bool:
        return self.proposal.state in READ or self.proposal.state == State.CHANGES_ASKED

    # What was sent

    @property
    def age(self) -> int:
        return self.proposal.age_in_days(timezone.now())

    @cached_property
    def revisions(self) -> list[Revision]:
        return list(self.proposal.revisions.all())

    @cached_property
    def sections(self) -> list[Section]:
        return sections(self.revisions[-1].content, names=self.names)

    @cached_property
    def versions(self) -> list[Version]:
        """What changed with each version, the newest first."""
        return [
            Version(after, changes(before.content, after.content, names=self.names))
            for before, after in reversed(list(pairwise(self.revisions)))
        ]

    @cached_property
    def files(self) -> list[tuple[Attachment, str]]:
        sent = self.proposal.attachments.filter(pk__in=self.revisions[-1].content["attachments"])
        return file_names(list(sent), names=self.names)

    # What reviewers say

    @cached_property
    def criteria(self) -> list[Measure]:
        return criteria_of(self.proposal.call)

    @cached_property
    def every_review(self) -> list[Review]:
        return list(self.proposal.reviews.select_related("reviewer").prefetch_related("scores"))

    @cached_property
    def own(self) -> Review | None:
        return next((review for review in self.every_review if review.reviewer_id == self.person.pk), None)

    @cached_property
    def sees_scores(self) -> bool:
        """Colleagues' scores show once one's own are given: nobody leans on another."""
        return self.decides or readers.sees_board(self.person) or bool(self.own and self.own.finished_at)

    @cached_property
    def reviews(self) -> list[ToldReview]:
        return [told(review, self.criteria) for review in self.every_review] if self.sees_scores else []

    @cached_property
    def verdicts(self) -> Verdicts | None:
        return verdicts(self.proposal, self.every_review) if self.sees_scores else None

    @property
    def waiting_reviews(self) -> list[Review]:
        return [review for review in self.every_review if not review.finished_at and not review.conflict_at]

    # What was said and done

    @cached_property
    def messages(self) -> list[Message]:
        return list(self.proposal.messages.select_related("by"))

    @cached_property
    def history(self) -> list[ToldLine]:
        return [
            ToldLine(
                line,
                text=State(line.to_state).label if line.deed == line.Deed.MOVED else line.get_deed_display(),
                who=who_did(line, names=self.names),
            )
            for line in history_shown(self.proposal, names=self.names)
        ]

    @cached_property
    def decision(self) -> Decision | None:
        """The one that is prepared and not told yet."""
        prepared = self.proposal.decisions.filter(released_at=None)
        return prepared.select_related("host", "prepared_by").first()

    # What the reader can fill in

    @cached_property
    def review_form(self) -> ReviewForm | None:
        empty = review_form(self.criteria, self.own) if self.may_review else None
        return self.bound.get("review_form") or empty

    @cached_property
    def conflict_form(self) -> ConflictForm:
        return self.bound.get("conflict_form") or ConflictForm()

    @cached_property
    def message_form(self) -> MessageForm:
        return self.bound.get("message_form") or MessageForm(prefix="message")

    @cached_property
    def assign_form(self) -> AssignForm:
        form = self.bound.get("assign_form") or AssignForm()
        form.offer(possible_reviewers(self.proposal))
        return form

    @cached_property
    def changes_form(self) -> ReasonForm:
        return self.bound.get("changes_form") or ReasonForm(prefix="changes")

    @cached_property
    def decision_form(self) -> DecisionForm:
        return self.bound.get("decision_form") or decision_form(self.proposal)


def told(review: Review, criteria: list[Measure]) -> ToldReview:
    scores = {score.criterion: score for score in review.scores.all()}
    return ToldReview(
        review,
        mark=weighted({key: score.value for key, score in scores.items()}, criteria),
        scores=[(criterion, scores[criterion.key]) for criterion in criteria if criterion.key in scores],
    )
