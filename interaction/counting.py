"""How many would like to hear the answer: each person once, to however many of the same they gave a vote."""

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from .models import Vote

# The question that a vote is counted for.
OF = Coalesce("question__same_as", "question")


def votes_of(meeting: int) -> dict[int, int]:
    """By question, in one query."""
    given = Vote.objects.filter(question__meeting=meeting, counts=True).order_by()
    counted = given.values(of=OF).annotate(how_many=Count("registration", distinct=True))
    return dict(counted.values_list("of", "how_many"))


def voted_for(meeting: int, registration: int) -> set[int]:
    """By somebody, in one query."""
    given = Vote.objects.filter(question__meeting=meeting, registration=registration).order_by()
    return set(given.annotate(of=OF).values_list("of", flat=True))


def votes_for_the_same(question: int) -> QuerySet[Vote]:
    """Those given to it and to its doubles."""
    return Vote.objects.annotate(of=OF).filter(of=question)
