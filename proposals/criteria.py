"""What a proposal is read for: the call's own criteria, or those that always hold."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from .models import Call


@dataclass(frozen=True)
class Measure:
    key: str
    name: str | StrPromise
    words: str | StrPromise
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


def criteria_of(call: Call | None) -> list[Measure]:
    """The call's criteria, with weights; without any the standing ones."""
    own = list(call.criteria.all()) if call is not None else []
    if not own:
        return list(STANDING)
    return [
        Measure(f"call-{criterion.pk}", criterion.name, criterion.words, criterion.weight)
        for criterion in own
    ]
