"""A person's registrations, fetched for a page in as many queries for thirty as for one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import User
from registrations.facts import RegistrationFacts
from registrations.models import Registration, RegistrationQuerySet
from registrations.waiting_list import with_positions

# How long a calendar feed remembers what is over.
FEED_REMEMBERS = timedelta(days=90)


@dataclass(frozen=True)
class MyRegistrations:
    next: RegistrationFacts | None  # what takes place now, else what comes next
    coming: list[RegistrationFacts]  # after that
    waiting: list[RegistrationFacts]
    past: list[RegistrationFacts]

    @property
    def is_empty(self) -> bool:
        return not (self.next or self.coming or self.waiting or self.past)


def my_registrations(person: User, now: datetime) -> MyRegistrations:
    """What comes next; what comes after, soonest first; waiting; and what is over or was cancelled, newest first.

    What is learned at one's own pace stands at its last day, and is never what comes next: it has no hour.
    """
    registrations = [
        RegistrationFacts(session=registration.session, now=now, registration=registration)
        for registration in with_positions(person.registrations.all())
        .select_related("session__activity__host")
        .prefetch_related("session__meetings")
        .order_by("session__starts_at", "pk")
    ]
    coming, waiting, past = [], [], []
    for facts in registrations:
        if facts.is_over or not facts.registration.is_standing or facts.session.is_cancelled:
            past.append(facts)
        elif facts.registration.is_waiting:
            waiting.append(facts)
        else:
            coming.append(facts)
    coming.sort(key=lambda facts: facts.next_meeting[facts.session.self_paced])
    first = next(
        (facts for facts in coming if facts.registration.is_confirmed and not facts.session.self_paced), None
    )
    return MyRegistrations(first, [facts for facts in coming if facts is not first], waiting, past[::-1])


def for_calendar(person: User, now: datetime) -> RegistrationQuerySet:
    """Confirmed registrations, and those of sessions that were called off: calendars shall strike them out."""
    called_off = Q(cancelled_for=Registration.CancelledFor.SESSION, confirmed_at__isnull=False)
    return (
        person.registrations.filter(Q(state=Registration.State.CONFIRMED) | called_off)
        .filter(session__ends_at__gt=now - FEED_REMEMBERS)
        .select_related("session__activity__host", "person")
        .prefetch_related("session__meetings")
        .order_by("session__starts_at", "pk")
    )
