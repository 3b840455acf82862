"""Reading: who reads what, and what they say of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from proposals import letters, readers
from proposals.actions.moving import lock, move, note
from proposals.criteria import criteria_of
from proposals.models import HistoryLine, Proposal, Review, Score
from proposals.states import READ, Mover, State

from .. import errors, reviewers

READERS_EACH = 2


@transaction.atomic
def assign(*, proposal: Proposal, reviewer: User, by: User, now: datetime | None = None) -> Review:
    """Give the proposal to a reviewer; the first one brings it into review. Given twice, it is given once.

    `by` is who decides, or the reviewer who takes it. Raises NotYours, NotAReviewer, NamesWouldShow,
    ConflictOfInterest, NotAllowed.
    """
    locked = lock(proposal)
    if locked.state not in READ:
        raise errors.NotAllowed(locked.state, State.IN_REVIEW)
    if not readers.decides(by) and not (
        by == reviewer and readers.readable_by(by).filter(pk=locked.pk).exists()
    ):
        raise errors.NotYours
    reviewers.refuse_reviewer(reviewer, locked)
    now = now or timezone.now()
    review, is_new = Review.objects.get_or_create(
        proposal=locked, reviewer=reviewer, defaults={"assigned_at": now, "assigned_by": by}
    )
    if not is_new:
        return review
    if locked.state == State.SUBMITTED:
        move(proposal=locked, to=State.IN_REVIEW, mover=Mover.READER, by=by, now=now)
    note(locked, HistoryLine.Deed.ASSIGNED, by=by, why=str(reviewer), now=now)
    if by != reviewer:
        letters.assigned(review, now=now)
    return review


@transaction.atomic
def unassign(*, review: Review, by: User) -> None:
    """Take it from a reviewer who has not finished."""
    lock(review.proposal)
    if not readers.decides(by):
        raise errors.NotYours
    Review.objects.filter(pk=review.pk, finished_at=None, conflict_at=None).delete()


@transaction.atomic
def share_out(
    *,
    proposals: Iterable[Proposal],
    by: User,
    each: int = READERS_EACH,
    now: datetime | None = None,
) -> int:
    """Give each of these to so many reviewers, evenly: always to who has least to read. Answers how many were given."""
    if not readers.decides(by):
        raise errors.NotYours
    now = now or timezone.now()
    load = Counter(
        {
            row["reviewer"]: row["count"]
            for row in Review.objects.waiting()
            .filter(proposal__state__in=READ)
            .values("reviewer")
            .annotate(count=Count("pk"))
        }
    )
    given = 0
    for unlocked in sorted(proposals, key=lambda proposal: proposal.pk):
        proposal = lock(unlocked)  # whoever shares out at the same time finds what is given here
        has = set(proposal.reviews.standing().values_list("reviewer", flat=True))
        if proposal.state not in READ:
            continue
        free = [person for person in reviewers.possible_reviewers(proposal) if person.pk not in has]
        free.sort(key=lambda person: (load[person.pk], person.pk))
        for reviewer in free[: max(0, each - len(has))]:
            assign(proposal=proposal, reviewer=reviewer, by=by, now=now)
            load[reviewer.pk] += 1
            given += 1
    return given


@transaction.atomic
def finish_review(
    *,
    proposal: Proposal,
    by: User,
    scores: Mapping[str, int],
    to_colleagues: str = "",
    to_proposer: str = "",
    now: datetime | None = None,
) -> Review:
    """Keep the scores and comments. With a score for every criterion the review is finished and counts.

    Taking up what nobody gave them assigns it. Raises what `assign` raises, and NotAllowed when it is no longer read.
    """
    locked = lock(proposal)
    review = locked.reviews.filter(reviewer=by).first() or assign(
        proposal=locked, reviewer=by, by=by, now=now
    )
    locked = lock(proposal)
    if locked.state not in READ:
        raise errors.NotAllowed(locked.state, State.IN_REVIEW)
    reviewers.refuse_reviewer(by, locked)
    now = now or timezone.now()
    keys = [criterion.key for criterion in criteria_of(locked.call)]
    for key in keys:
        if key in scores:
            Score.objects.update_or_create(review=review, criterion=key, defaults={"value": scores[key]})
        else:
            review.scores.filter(criterion=key).delete()
    review.to_colleagues, review.to_proposer = to_colleagues, to_proposer
    was_finished = review.finished_at is not None
    review.finished_at = now if all(key in scores for key in keys) else None
    review.revision = locked.revisions.last()
    review.save(update_fields=["to_colleagues", "to_proposer", "finished_at", "revision"])
    if review.finished_at and not was_finished:
        note(locked, HistoryLine.Deed.REVIEWED, by=by, now=now)
    return review


@transaction.atomic
def declare_conflict(*, proposal: Proposal, by: User, why: str = "", now: datetime | None = None) -> Review:
    """“I have a conflict of interest”: from now on it is hidden from them, and what they gave does not count.

    Said twice, it is said once. Raises NotYours for who neither reviews nor decides, or does not read this one.
    """
    locked = lock(proposal)
    if not (readers.reviews(by) or readers.decides(by)):
        raise errors.NotYours
    if not readers.readable_by(by).filter(pk=locked.pk).exists():
        known = locked.reviews.filter(Q(reviewer=by) & Q(conflict_at__isnull=False)).first()
        if known is None:
            raise errors.NotYours
        return known
    now = now or timezone.now()
    review, _made = Review.objects.get_or_create(
        proposal=locked, reviewer=by, defaults={"assigned_at": now, "assigned_by": by}
    )
    review.conflict_at, review.conflict_why = now, why
    review.save(update_fields=["conflict_at", "conflict_why"])
    note(locked, HistoryLine.Deed.CONFLICT, by=by, why=why, now=now)
    return review
