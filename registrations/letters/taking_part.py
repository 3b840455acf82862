"""A meeting is near, or what was shown in a session can be read."""

from collections.abc import Sequence
from datetime import datetime

from calendars.entries import REQUEST
from catalog.materials import MaterialShown
from outbox.actions import write_letter
from outbox.models import Letter
from outbox.reading import reading_as

from .. import clocks, joining
from ..models import Registration
from .meetings import clock_of, meetings_in_words
from .writing import new_letter


def reminder(
    registration: Registration,
    *,
    starts_at: datetime,
    lead: int,
    to_prepare: Sequence[MaterialShown] = (),
    now: datetime,
) -> Letter | None:
    """Of the meeting that starts then; `lead` is in minutes. From an hour before, the reminder says how to join.

    `to_prepare` is what staff gave for before the session.
    """
    session, reader = registration.session, registration.person
    joins = joining.may_see(registration, now) and bool(session.joining_link)
    with reading_as(reader):
        words = meetings_in_words(session, list(session.meetings.all()), reader, now)
        meeting, ends_at = next(
            (told, end) for told, (start, end) in zip(words, session.hours, strict=True) if start == starts_at
        )
    return write_letter(
        new_letter(
            "joining_link" if joins else "reminder",
            registration,
            f"{lead}/{int(starts_at.timestamp())}",
            now=now,
            name="reminder",
            # The same entry once more, now with the link in it.
            calendar=REQUEST if joins else "",
            # A reminder may be refused; without the link nobody could take part.
            transactional=joins,
            # Who comes late still needs the link.
            useless_after=ends_at if joins else starts_at,
            more={
                "meeting": meeting,
                "later": starts_at != session.starts_at,
                "days": clocks.days_away(starts_at, reader=clock_of(session, reader), now=now),
                "soon": lead <= joining.JOINING_LEAD,
                "materials": to_prepare,
            },
        )
    )


def materials(
    registration: Registration, *, given: list[MaterialShown], occurrence: str, now: datetime
) -> Letter | None:
    """What staff gave for this person, when the session is over."""
    return write_letter(new_letter("materials", registration, occurrence, now=now, more={"materials": given}))
