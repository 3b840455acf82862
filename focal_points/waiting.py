"""Who waits for whose word, and when a focal point is written to of it: asked of the facts, never scheduled ahead.

A letter goes when somebody waits whom the last one did not tell of, and again after a week while anybody does: once a day
at most. A claim that a domain confirms is confirmed in the moment it is made, so it waits for nobody.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict

from django.db import transaction
from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django_stubs_ext import WithAnnotations

from accounts.models import Organization, User
from desk.alphabet import plain
from membership.actions import lock_person
from membership.models import Claim
from outbox.models import Letter
from registrations.models import Registration

from . import letters
from .models import FocalPoint
from .standing import organizations_of


class Since(TypedDict):
    since: datetime
    held_until: datetime | None  # a place, somewhere


NOT_BEFORE = timedelta(days=1)
AGAIN_AFTER = timedelta(days=7)


def people_waiting(
    organizations: Iterable[Organization] | QuerySet[Organization], now: datetime
) -> "QuerySet[WithAnnotations[Claim, Since]]":
    """Claims that wait for a word, each with `since` when: first
    those of people for whom a place is held. Nobody waits who has no account any more."""
    here = Q(person__is_active=True, person__erased_at=None, person__merged_into=None)
    lapsed = When(confirmed_until__lte=now, then=F("confirmed_until"))
    claims: QuerySet[Claim] = Claim.objects.to_confirm(now).filter(here, organization__in=organizations)
    held = Registration.objects.held().filter(person=OuterRef("person")).order_by("hold_until")
    said = claims.annotate(
        since=Case(lapsed, default=F("claimed_at")), held_until=Subquery(held.values("hold_until")[:1])
    )
    return said.order_by(F("held_until").asc(nulls_last=True), "since", "pk")


def how_many_wait(person: User, now: datetime) -> list[tuple[Organization, int]]:
    """By organization for which the person speaks; only where anybody waits."""
    organizations = organizations_of(person, now)
    waiting = people_waiting(organizations, now).exclude(person=person)
    counts = Counter(waiting.values_list("organization", flat=True))
    found = Organization.objects.filter(pk__in=counts) if counts else []
    return [(one, counts[one.pk]) for one in sorted(found, key=lambda one: plain(one.name))]


def tell(*, now: datetime) -> int:
    """Write to each focal point for whose word somebody waits, and who may be written to. Answers how many letters."""
    return sum(tell_one(pk, now) for pk in to_look_at(now))


def to_look_at(now: datetime) -> list[int]:
    waits = people_waiting(Organization.objects.all(), now).filter(organization=OuterRef("organization"))
    told = Letter.objects.filter(
        kind=letters.WAITING, person=OuterRef("person"), written_at__gt=now - NOT_BEFORE
    )
    due = FocalPoint.objects.in_office(now).filter(Exists(waits.order_by()), ~Exists(told))
    return sorted(set(due.values_list("person", flat=True)))


@transaction.atomic
def tell_one(pk: int, now: datetime) -> bool:
    """Asked again under the lock: two workers write one letter."""
    lock_person(pk)
    person = User.objects.get(pk=pk)
    told = Letter.objects.filter(kind=letters.WAITING, person=person).aggregate(last=Max("written_at"))[
        "last"
    ]
    waiting = people_waiting(organizations_of(person, now), now).exclude(person=person)
    if told is not None:
        if told > now - NOT_BEFORE:
            return False
        if told > now - AGAIN_AFTER and not waiting.filter(since__gt=told).exists():
            return False
    counted = how_many_wait(person, now)
    return bool(counted) and letters.people_wait(person, counted, now=now) is not None
