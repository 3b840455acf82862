"""What this room brings to the page of a focal point: who waits to be confirmed, who is registered, what members may join.

Of a person they see what the claim shows: the name, the e-mail address it is judged by, since when, and the post where
the profile names this organization. Of a registration they see which session, and whether there is a place. Not shown are
those whom staff registered by an address alone, and who have not agreed that even the host sees them; sessions to which
people are invited one by one; notes, codes and all that a host asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q

from accounts.models import Organization, User
from catalog.models import Session
from desk.alphabet import plain
from membership.domains import domain_of, is_of_a_provider
from membership.models import Claim
from membership.standing import counts
from registrations.facts import SessionFacts
from registrations.models import Registration

from .page_parts import Part
from .waiting import people_waiting

MOST = 200  # people; who has more waiting confirms some first
MOST_REGISTERED = 1_000
MOST_SESSIONS = 12

Eligibility = Session.Eligibility


@dataclass(frozen=True)
class Waits:
    """A person to be confirmed, as far as the claim shows them."""

    claim: Claim
    since: datetime
    held_until: datetime | None = None

    @property
    def person(self) -> User:
        return self.claim.person

    @property
    def post(self) -> str:
        """What they wrote as their post was written of the organization of their profile."""
        return self.person.post if self.person.organization_id == self.claim.organization_id else ""

    @property
    def is_asked_again(self) -> bool:
        return self.claim.confirmed_at is not None

    @property
    def anybody_may_have_the_address(self) -> bool:
        return is_of_a_provider(domain_of(self.person.email))


@dataclass(frozen=True)
class Attended:
    """A session with those of the organization who registered for it."""

    facts: SessionFacts
    registrations: list[Registration]


def to_confirm(person: User, organization: Organization, now: datetime) -> Part:
    claims = people_waiting([organization], now).select_related("person", "organization")
    found = [Waits(claim, claim.since, claim.held_until) for claim in claims[: MOST + 1]]
    context = {"waiting": found[:MOST], "more": len(found) > MOST, "organization": organization}
    return Part("to confirm", "focal_points/_to_confirm.html", context)


def registered(person: User, organization: Organization, now: datetime) -> Part:
    sessions = attended(registrations_from(organization, now), now)
    return Part(
        "registered", "focal_points/_registered.html", {"sessions": sessions, "organization": organization}
    )


def registrations_from(organization: Organization, now: datetime) -> Iterable[Registration]:
    """Of people who count as being of it, and act for it now, for what is still to come."""
    of_it = Registration.objects.standing().filter(
        counts("person", now), person__organization=organization, discloses=True
    )
    to_come = of_it.filter(session__in=Session.objects.public().standing().upcoming(now))
    return (
        to_come.exclude(session__eligibility=Eligibility.INVITED)
        .select_related("person", "session__activity__host")
        .prefetch_related("session__meetings")
        .order_by("session__starts_at", "session", "pk")[:MOST_REGISTERED]
    )


def attended(registrations: Iterable[Registration], now: datetime) -> list[Attended]:
    return [
        Attended(SessionFacts(session, now), sorted(ones, key=lambda one: plain(str(one.person))))
        for session, ones in groupby(registrations, key=lambda one: one.session)
    ]


def coming(person: User, organization: Organization, now: datetime) -> Part | None:
    """What is kept for members, wholly or for a while: what is open to everyone is known to all."""
    if not organization.is_member(now):
        return None
    first = Q(eligibility=Eligibility.MEMBERS_FIRST, members_first_until__gt=now)
    kept = Session.objects.public().upcoming(now).open_for_registration(now)
    sessions = kept.filter(first | Q(eligibility=Eligibility.MEMBERS_ONLY)).select_related("activity__host")
    first_ones = sessions.order_by("starts_at", "pk").prefetch_related("meetings")[:MOST_SESSIONS]
    found = [SessionFacts(session, now) for session in first_ones]
    return Part("coming", "focal_points/_coming.html", {"sessions": found, "organization": organization})
