"""What each state of a registration counts for. One table, which everything asks that asks for a state."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    HELD = "held", _("place held")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")


class CountsFor(NamedTuple):
    place: bool  # takes one of the session's places
    part: bool  # is reminded and told how to join, has it in their calendar, materials, attendance, certificates and figures
    stands: bool  # is told of a move and of a cancellation, and may withdraw


TABLE: dict[State, CountsFor] = {
    State.CONFIRMED: CountsFor(place=True, part=True, stands=True),
    State.HELD: CountsFor(place=True, part=False, stands=True),
    State.WAITING: CountsFor(place=False, part=False, stands=True),
    State.CANCELLED: CountsFor(place=False, part=False, stands=False),
}

WITH_PLACE = [state for state, counts in TABLE.items() if counts.place]
TAKING_PART = [state for state, counts in TABLE.items() if counts.part]
STANDING = [state for state, counts in TABLE.items() if counts.stands]
