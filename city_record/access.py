"""Who may see what a city learned: its focal points, and the Secretariat. For everybody else there is no such page."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import SecondFactorFirst, acts_as_staff
from accounts.fresh_sign_in import is_fresh, sign_in_anew
from accounts.http import PersonRequest
from accounts.models import Organization, User
from focal_points.standing import is_focal_point

from .agreeing import cities_of

SEE = "city_record.see_record"


def for_those_who_may(
    view: Callable[[PersonRequest, Organization], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page of the city with this slug. Who sees it as a focal point does so with a sign-in of today; staff have theirs."""

    @wraps(view)
    def guarded(request: PersonRequest, slug: str) -> HttpResponse:
        city = get_object_or_404(Organization.objects.named(), slug=slug)
        if is_focal_point(request.user, city, timezone.now()):
            if not is_fresh(request):
                return sign_in_anew(request)
        elif not acts_as_staff(request.user, SEE):
            raise Http404
        return view(request, city)

    return guarded


def leads_to_record(person: User | AnonymousUser, city: Organization, now: datetime) -> bool:
    """For a page that leads there. Who lacks the second factor is asked for it there."""
    try:
        return isinstance(person, User) and (is_focal_point(person, city, now) or acts_as_staff(person, SEE))
    except SecondFactorFirst:
        return True


def own_city(person: User, number: int | None) -> Organization:
    """One that sees, or would see, something of this person. Raises Http404."""
    found = cities_of(person).filter(pk=number).first() if number else None
    if found is None:
        raise Http404
    return found
