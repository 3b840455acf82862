"""What the sessions of a list are to a reader who is signed in."""

from collections.abc import Collection

from django.db.models import Value
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.whose import written_to
from catalog.listing.own_state import OwnState
from catalog.models import Session

from .models import Invitation, Registration
from .waiting_list import with_positions

INVITED = "invited"


def own_states(person: User, sessions: Collection[int]) -> dict[int, OwnState]:
    """One query, however long the list is. Who is invited and registered is registered."""
    standing = with_positions(person.registrations.standing().filter(session__in=sessions))
    invited = Invitation.objects.filter(
        written_to(person), session__in=sessions, session__eligibility=Session.Eligibility.INVITED
    )
    rows = invited.order_by().values_list("session", Value(INVITED), Value(0))
    rows = rows.union(standing.order_by().values_list("session", "state", "position"), all=True).order_by()
    states = sorted(rows, key=lambda row: row[1] != INVITED)
    return {session: own_state(state, position) for session, state, position in states}


def own_state(state: str, position: int) -> OwnState:
    if state == INVITED:
        return OwnState("mine", _("You are invited"))
    if state == Registration.State.CONFIRMED:
        return OwnState("mine", _("You are registered"))
    if state == Registration.State.HELD:
        return OwnState("mine-waiting", _("A place is held for you"))
    return OwnState("mine-waiting", _("You are waiting, number %(position)d") % {"position": position})
