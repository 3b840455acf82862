"""Who agreed to be shown by name to their city. A consent names the organization by its number; that of an organization that
was merged into another is one to the other."""

from django.db.models import Q, QuerySet

from accounts.models import Consent, Organization, User
from membership.models import Claim

from .models import Belonging


def about(organization: Organization) -> str:
    """As it stands in a consent."""
    return f"organization {organization.pk}"


def abouts(organization: Organization) -> list[str]:
    """Of itself, and of those that were merged into it, how often ever."""
    found, numbers = [about(organization)], [organization.pk]
    while numbers:
        numbers = list(Organization.every.filter(merged_into__in=numbers).values_list("pk", flat=True))
        found += [f"organization {number}" for number in numbers]
    return found


def agreed(organization: Organization) -> QuerySet[User]:
    consents = Consent.objects.filter(
        kind=Consent.Kind.CITY_RECORD, about__in=abouts(organization), withdrawn_at=None
    )
    return User.objects.filter(consents__in=consents, erased_at=None, merged_into=None).distinct()


def cities_of(person: User) -> QuerySet[Organization]:
    """For which they act or acted, and those to which they agreed."""
    consents = person.consents.filter(kind=Consent.Kind.CITY_RECORD, withdrawn_at=None)
    numbers = [int(one.about.partition(" ")[2]) for one in consents]
    of_consents = {
        found.that_stands.pk
        for found in Organization.every.filter(pk__in=numbers).select_related("merged_into")
    }
    claims = Claim.objects.standing().filter(person=person)
    belongings = Belonging.objects.confirmed().filter(registration__person=person)
    return Organization.objects.filter(
        Q(pk__in=of_consents)
        | Q(pk__in=claims.values("organization"))
        | Q(pk__in=belongings.values("organization"))
    ).named()


def has_agreed(person: User, organization: Organization) -> bool:
    return agreed(organization).filter(pk=person.pk).exists()
