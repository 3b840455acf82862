"""For whom a person acts, in words: on “My pages”, and on a page of its own."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.my_pages import Section

from .models import Claim


@dataclass(frozen=True)
class Own:
    """A claim as its person reads it."""

    claim: Claim
    confirmed: bool
    acted_for: bool


def own_claims(person: User, now: datetime) -> list[Own]:
    """That of the organization one acts for first, then those that stand, then those that ended."""
    claims = Claim.objects.filter(person=person).select_related("organization", "person")
    ones = [
        Own(
            claim,
            confirmed=claim.is_confirmed(now),
            acted_for=claim.ended_at is None and claim.organization_id == person.organization_id,
        )
        for claim in claims
    ]
    return sorted(ones, key=lambda one: (not one.acted_for, one.claim.ended_at is not None))


def for_whom_i_act(person: User, now: datetime) -> Section | None:
    """Only what is still to be confirmed: what is well needs no words there."""
    acted_for = next((one for one in own_claims(person, now) if one.acted_for and not one.confirmed), None)
    return Section("membership/_my_pages.html", {"acted_for": acted_for}) if acted_for else None
