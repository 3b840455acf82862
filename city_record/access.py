"""Who may see what a city learned: its focal points, and the Secretariat. For everybody else there is no such page."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import SecondFactorFirst, acts_as_staff
from accounts.models import Organization, User
from focal_points.standing import is_focal_point

from .agreeing import cities_of

SEE = "city_record.see_record"


def city(person: User, slug: str, now: datetime) -> Organization:
    """Raises Http404."""
    found = get_object_or_404(Organization.objects.named(), slug=slug)
    if not may_see(person, found, now):
        raise Http404
    return found


def may_see(person: User, city: Organization, now: datetime) -> bool:
    return is_focal_point(person, city, now) or acts_as_staff(person, SEE)


def leads_to_record(person: User | AnonymousUser, city: Organization, now: datetime) -> bool:
    """For a page that leads there. Who lacks the second factor is asked for it there."""
    try:
        return isinstance(person, User) and may_see(person, city, now)
    except SecondFactorFirst:
        return True


def own_city(person: User, number: int | None) -> Organization:
    """One that sees, or would see, something of this person. Raises Http404."""
    found = cities_of(person).filter(pk=number).first() if number else None
    if found is None:
        raise Http404
    return found
