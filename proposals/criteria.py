"""What a proposal is read for: the call's own criteria, or those that always hold."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Call, Proposal, Review, Score


@dataclass(frozen=True)
class Measure:
    key: str
    name: str | Promise
    words: str | Promise
    weight: int = 1


STANDING = (
    Measure(
        "need",
        _("Need"),
        _("Does it answer a question that officials of several cities have, on a theme of the community?"),
        3,
    ),
    Measure(
        "method",
        _("Content and method"),
        _("Is it clear what participants will be able to do, and does the way of teaching lead there?"),
        3,
    ),
    Measure(
        "experience",
        _("Experience"),
        _("Is it told by people who have done the work, with what went wrong as well?"),
        2,
    ),
    Measure(
        "reach",
        _("Reach"),
        _("Can cities of different size, region and language take part and use it at home?"),
        2,
    ),
    Measure("capacity", _("Capacity"), _("Can those who propose carry it, with the help they ask for?"), 2),
    Measure(
        "fairness",
        _("Balance"),
        _("Do women and men, and different parts of the world, speak in it?"),
        1,
    ),
    Measure(
        "evaluation",
        _("Learning from it"),
        _("Is there a way to see afterwards what it changed?"),
        1,
    ),
)
BEST = max(Score.Value.values)


def criteria_of(call: Call | None) -> list[Measure]:
    """The call's criteria, with weights; without any the standing ones."""
    own = list(call.criteria.all()) if call is not None else []
    if not own:
        return list(STANDING)
    return [Measure(f"call-{one.pk}", one.name, one.words, one.weight) for one in own]


def weighted(scores: dict[str, int], criteria: list[Measure]) -> float | None:
    """From 0 to 4, each score counting as much as its criterion weighs. None before every criterion has one."""
    if not criteria or any(one.key not in scores for one in criteria):
        return None
    return sum(scores[one.key] * one.weight for one in criteria) / sum(one.weight for one in criteria)


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
