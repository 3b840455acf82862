"""Who counts as being of the organization they act for: asked by rooms above, as part of their own statements."""

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
