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
    if person.pk is None or person.organization is None:
        return False
    organization = person.organization
    if Claim.objects.confirmed(now).filter(person=person, organization=organization).exists():
        return True
    domain = domain_of(person.email)
    return (
        EmailDomain.objects.filter(organization=organization, domain=domain).exists()
        and domain in trusted()
        and EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).exists()
    )


def known_among(people: Collection[User], now: datetime) -> set[int]:
    """The numbers of those of whom `is_known` says so, however many they are; they may act for another than is stored."""
    if not people:
        return set()
    numbers = [person.pk for person in people]
    confirmed = Claim.objects.confirmed(now).filter(person__in=numbers)
    claims = set(confirmed.values_list("person", "organization"))
    domains = set(EmailDomain.objects.filter(domain__in=trusted()).values_list("organization", "domain"))
    proven = EmailAddress.objects.filter(user__in=numbers, verified=True).values_list("user", "email")
    addresses = {(user, email.lower()) for user, email in proven}
    return {
        person.pk
        for person in people
        if (person.pk, person.organization_id) in claims
        or (
            (person.organization_id, domain_of(person.email)) in domains
            and (person.pk, person.email.lower()) in addresses
        )
    }
