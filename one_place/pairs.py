"""Two people who are one were both registered for one session: which of the two places is the better one."""

from typing import NamedTuple

from django.db.models import Q

from accounts.models import User
from catalog.models import Session
from registrations.models import Registration
from registrations.states import WITH_PLACE

# What a place is, as far as it is one's own. A code, and what hangs on the row, stays with the row.
PLACE = (
    "state",
    "registered_at",
    "queued_at",
    "confirmed_at",
    "cancelled_at",
    "cancelled_for",
    "cancelled_by",
    "hold_until",
    "over_places",
    "ground",
    "discloses",
    "note",
)


class Pair(NamedTuple):
    """The registrations of both for one session: of the person who stays, and of the one that goes."""

    stays: Registration
    goes: Registration

    @property
    def better_goes(self) -> bool:
        """Whether the one that goes has the better place: a seat before the waiting list, there who came first."""
        return rank(self.goes) < rank(self.stays)

    @property
    def seats(self) -> int:
        return sum(one.state in WITH_PLACE for one in self)


def rank(registration: Registration) -> tuple[object, ...]:
    if registration.is_confirmed:
        return (0,)
    if registration.is_held:
        return (1,)
    if registration.is_waiting:
        return (2, registration.queued_at, registration.pk)
    return (3,)


def pairs_of(kept: User, gone: User) -> list[Pair]:
    """In the order of their sessions, in one statement. Asked before a merge as after it: whose is moved has no twin."""
    rows = (
        Registration.objects.filter(person__in=[kept, gone])
        .select_related("session")
        .order_by("session", "pk")
    )
    by_session: dict[int, dict[int, Registration]] = {}
    for row in rows:
        by_session.setdefault(row.session_id, {})[row.person_id] = row
    return [Pair(both[kept.pk], both[gone.pk]) for both in by_session.values() if len(both) == 2]


def sessions_to_lock(kept: User, gone: User) -> set[int]:
    """Those for which both are registered, and those to which the one that goes is still going: there somebody may be let
    in, written to or cancelled meanwhile."""
    going = Q(pk__in=gone.registrations.standing().values("session"))
    twice = Q(pk__in=gone.registrations.values("session")) & Q(pk__in=kept.registrations.values("session"))
    return set(Session.objects.filter(going | twice).values_list("pk", flat=True))
