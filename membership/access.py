"""Whose claim is whose: everybody sees their own."""

from django.http import Http404

from accounts.models import User

from .models import Claim


def own_claim(person: User, number: int | None) -> Claim:
    """One that stands. Raises Http404."""
    found = Claim.objects.standing().filter(person=person, pk=number).first() if number else None
    if found is None:
        raise Http404
    return found
