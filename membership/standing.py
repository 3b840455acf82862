"""Who counts as being of the organization they act for: asked by rooms above, as part of their own statements."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef

from accounts.models import User

from .domains import domain_of, trusted
from .models import Claim, EmailDomain


class Counts(TypedDict):
    member_confirmed: bool


def counts(person: str, now: datetime) -> Exists:
    """Whether it is confirmed that the person to whom `person` leads acts for the organization of their profile."""
    own = Claim.objects.confirmed(now).filter(
        person=OuterRef(person), organization=OuterRef(f"{person}__organization")
    )
    return Exists(own)


def is_known(person: User, now: datetime) -> bool:
    """Whether it is confirmed that this person acts for the organization of their profile, or will be within a minute, by
    the domain of an address that is proven to be theirs."""
    return person.pk in known_among([person], now)


def known_among(people: Collection[User], now: datetime) -> set[int]:
    """The numbers of those of whom `is_known` says so, however many they are; they may act for another than is stored."""
    saved = [person for person in people if person.pk and person.organization_id]
    if not saved:
        return set()
    claims = Claim.objects.confirmed(now).filter(person__in=[person.pk for person in saved])
    confirmed = set(claims.values_list("person", "organization"))
    known = {person.pk for person in saved if (person.pk, person.organization_id) in confirmed}
    return known | known_by_domain([person for person in saved if person.pk not in known])


def known_by_domain(people: Collection[User]) -> set[int]:
    """By a domain that is the word of their organization alone, of an address that is proven to be theirs."""
    listed = EmailDomain.objects.filter(domain__in={domain_of(person.email) for person in people})
    of_organization = set(listed.values_list("organization", "domain")) if people else set()
    named = [
        person for person in people if (person.organization_id, domain_of(person.email)) in of_organization
    ]
    if not named:
        return set()
    alone = set(trusted())
    proven = EmailAddress.objects.filter(user__in=[person.pk for person in named], verified=True)
    addresses = {(user, email.lower()) for user, email in proven.values_list("user", "email")}
    return {
        person.pk
        for person in named
        if domain_of(person.email) in alone and (person.pk, person.email.lower()) in addresses
    }
