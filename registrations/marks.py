"""What the sessions of a list are to a reader who is signed in."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from catalog.marks import Mark

from .mine import with_positions


def marks(person: User, sessions: Collection[int]) -> dict[int, Mark]:
    """One query, however long the list is."""
    mine = person.registrations.standing().filter(session__in=sessions)
    return {registration.session_id: mark(registration) for registration in with_positions(mine)}


def mark(registration: Any) -> Mark:
    """`registration` has its `position` (with_positions)."""
    if registration.is_confirmed:
        return Mark("mine", _("You are registered"))
    return Mark(
        "mine-waiting", _("You are waiting, number %(position)d") % {"position": registration.position}
    )
