"""A place is held until somebody's membership is confirmed, or is held no more."""

from collections.abc import Sequence
from datetime import datetime

from outbox.actions import write_letter
from outbox.reading import reading_as

from ..entering import Entered
from ..models import Registration
from ..waiting_list import hold_in_words, why_not_let_in
from .writing import new_letter


def held(registrations: Sequence[Registration], *, now: datetime, entered: Entered | None = None) -> None:
    """To each for whom a place is held from now on: until when, by whose word it is theirs, and what happens without it."""
    for registration in registrations:
        assert registration.hold_until
        with reading_as(registration.person):
            words = hold_in_words(registration.session, registration.person, registration.hold_until)
        more = {"hold": words, "entered": entered}
        write_letter(new_letter("held", registration, registration.sequence, now=now, more=more))


def holds_lapsed(registrations: Sequence[Registration], *, now: datetime) -> None:
    """To each who waits again because nobody confirmed in time."""
    for registration in registrations:
        with reading_as(registration.person):
            why = why_not_let_in(registration.session, registration.person, now)
        write_letter(
            new_letter("hold_lapsed", registration, registration.sequence, now=now, more={"why": why})
        )
