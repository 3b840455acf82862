"""Who is a focal point at a moment: asked anew each time something is shown or done, so it is never stale."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from accounts.models import Organization, User
from desk.alphabet import plain

from .models import FocalPoint


def organizations_of(person: User, now: datetime) -> QuerySet[Organization]:
    """For which organizations the person speaks."""
    spoken_for = FocalPoint.objects.in_office(now).filter(person=person)
    return Organization.objects.filter(pk__in=spoken_for.values("organization"))


def own(person: User, now: datetime) -> list[FocalPoint]:
    """What the person speaks by, with the organizations, in the order of their names."""
    found = FocalPoint.objects.in_office(now).filter(person=person, organization__merged_into=None)
    named = Prefetch("organization", Organization.objects.named())
    return sorted(found.prefetch_related(named), key=lambda one: plain(one.organization.name_shown))


def is_focal_point(person: User, organization: Organization, now: datetime) -> bool:
    return FocalPoint.objects.in_office(now).filter(person=person, organization=organization).exists()


def people_of(organization: Organization, now: datetime) -> QuerySet[User]:
    """Who speaks for the organization."""
    its = FocalPoint.objects.in_office(now).filter(organization=organization)
    return User.objects.filter(pk__in=its.values("person"))
