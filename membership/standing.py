"""Who counts as being of the organization they act for: asked by rooms above, as part of their own statements."""

from datetime import datetime
from typing import TypedDict

from django.db.models import Exists, OuterRef

from .models import Claim


class Counts(TypedDict):
    member_confirmed: bool


def counts(person: str, now: datetime) -> Exists:
    """Whether it is confirmed that the person to whom `person` leads acts for the organization of their profile."""
    own = Claim.objects.confirmed(now).filter(
        person=OuterRef(person), organization=OuterRef(f"{person}__organization")
    )
    return Exists(own)
