"""Somebody has a place, waits for one, or has given it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from calendars.entries import CANCEL, REQUEST
from outbox.actions import write_letter
from outbox.models import Letter
from outbox.reading import reading_as

from ..entering import Entered
from ..models import Registration
from ..waiting_list import why_not_let_in, why_waiting
from .writing import new_letter, reason_for, write_to_all


def confirmation(
    registration: Registration, *, now: datetime, entered: Entered | None = None
) -> Letter | None:
    """Also of who was added when all was over, for whom there is no hour to keep."""
    calendar = REQUEST if now < registration.session.ends_at else ""
    return write_letter(
        new_letter(
            "confirmation",
            registration,
            registration.sequence,
            now=now,
            calendar=calendar,
            more={"entered": entered},
        )
    )


def confirmations(registrations: Sequence[Registration], *, now: datetime) -> int:
    """To all whose held place is theirs now. Answers how many were written."""
    return write_to_all(
        "confirmation", registrations, now=now, occurrence=lambda one: one.sequence, calendar=REQUEST
    )


def waiting_list(
    registration: Registration,
    *,
    position: int,
    has_word: bool,
    now: datetime,
    entered: Entered | None = None,
) -> Letter | None:
    """Without a word (`has_word`) the person has to be confirmed first."""
    with reading_as(registration.person):
        why = (
            why_waiting(registration.session, position)
            if has_word
            else why_not_let_in(registration.session, registration.person, now)
        )
    return write_letter(
        new_letter(
            "waiting_list",
            registration,
            registration.sequence,
            now=now,
            more={"position": position, "why": why, "has_word": has_word, "entered": entered},
        )
    )


def promotion(registration: Registration, *, now: datetime) -> Letter | None:
    return write_letter(
        new_letter("promotion", registration, registration.sequence, now=now, calendar=REQUEST)
    )


def promotions(registrations: Sequence[Registration], *, now: datetime) -> int:
    """To all who were let in together. Answers how many were written."""
    return write_to_all(
        "promotion", registrations, now=now, occurrence=lambda one: one.sequence, calendar=REQUEST
    )


def cancellation(
    registration: Registration,
    *,
    was_confirmed: bool,
    was_held: bool = False,
    reasons: Mapping[str, str],
    now: datetime,
) -> Letter | None:
    """To who gave the place back, or whose place staff took back, and why: `reasons` has texts by language."""
    return write_letter(
        new_letter(
            "cancellation",
            registration,
            registration.sequence,
            now=now,
            calendar=CANCEL if was_confirmed else "",
            more={
                "by_staff": registration.cancelled_for == Registration.CancelledFor.STAFF,
                "was_confirmed": was_confirmed,
                "was_held": was_held,
                "reason": reason_for(registration.person, reasons),
            },
        )
    )
