"""What the scores of a proposal come to. What they are given for stands in proposals/criteria.py."""

from dataclasses import dataclass

from proposals.criteria import Measure, criteria_of
from proposals.models import Proposal, Review


def weighted(scores: dict[str, int], criteria: list[Measure]) -> float | None:
    """From 0 to 4, each score counting as much as its criterion weighs. None before every criterion has one."""
    if not criteria or any(criterion.key not in scores for criterion in criteria):
        return None
    return sum(scores[criterion.key] * criterion.weight for criterion in criteria) / sum(
        criterion.weight for criterion in criteria
    )


@dataclass(frozen=True)
class Verdicts:
    """What the finished reviews come to. Who has a conflict of interest does not count."""

    count: int
    average: float | None
    lowest: float | None
    highest: float | None

    @property
    def differ(self) -> bool:
        return self.lowest is not None and self.highest is not None and self.highest - self.lowest >= 1.5


def verdicts(proposal: Proposal, reviews: list[Review] | None = None) -> Verdicts:
    """`reviews` come with their scores prefetched; without, they are asked for."""
    criteria = criteria_of(proposal.call)
    if reviews is None:
        reviews = list(proposal.reviews.finished().prefetch_related("scores"))
    marks = [
        mark
        for review in reviews
        if review.finished_at
        and not review.conflict_at
        and (mark := weighted({score.criterion: score.value for score in review.scores.all()}, criteria))
        is not None
    ]
    if not marks:
        return Verdicts(0, None, None, None)
    return Verdicts(len(marks), sum(marks) / len(marks), min(marks), max(marks))
