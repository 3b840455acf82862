"""For whom somebody speaks, and whose claims are theirs to answer. Who does not, or no longer does, finds nothing (404)."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpResponse
from django.utils import timezone

from accounts.fresh_sign_in import is_fresh, sign_in_anew
from accounts.http import PersonRequest
from accounts.models import User
from membership.models import Claim

from .models import FocalPoint
from .standing import organizations_of, own


def for_focal_points[**P](
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """A page that focal points alone see, with a sign-in of today. Of which organization they are the view asks itself."""

    @wraps(view)
    def guarded(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        offices(request.user, timezone.now())
        return view(request, *args, **kwargs) if is_fresh(request) else sign_in_anew(request)

    return guarded


def offices(person: User, now: datetime) -> list[FocalPoint]:
    found = own(person, now)
    if not found:
        raise Http404
    return found


def claim_to_answer(person: User, number: int | None, now: datetime) -> Claim:
    """One that was made for an organization of theirs; it may have been answered, or ended, meanwhile."""
    claims = Claim.objects.filter(organization__in=organizations_of(person, now)).exclude(person=person)
    found = claims.filter(pk=number).select_related("person", "organization").first() if number else None
    if found is None:
        raise Http404
    return found
