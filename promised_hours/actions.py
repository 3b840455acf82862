"""The hours that were promised are kept, under the lock of the session."""

from copy import copy
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.older_table import OlderTable
from catalog import actions as catalog_actions
from catalog.models import Meeting, Session
from registrations.actions import lock

from . import letters
from .hours import (
    HoursNeedAPerson,
    Outcome,
    Row,
    hour_changes,
    outcome_of,
    readers_clock_before,
    taking_place,
)


@transaction.atomic
def keep_promised_hours(
    *, session: Session, by: User | None, older: OlderTable | None = None, now: datetime | None = None
) -> int:
    """Apply today's table of time zones to a session: its hours on the host's clock stay, their moments in UTC follow.

    Hours that no known table told count as told by `older`; without one they stay. Calendar entries rise in SEQUENCE. Only
    people whose own hour changes are written to. Done twice, the second changes nothing. Answers how many letters. Raises
    HoursNeedAPerson, and NoTable when `older` lacks a zone.
    """
    session = lock.lock_session(session.pk)
    now = now or timezone.now()
    if session.is_cancelled or session.ends_at <= now:
        return 0
    outcome = outcome_of(session, older, now=now)
    if not (outcome.moving or outcome.made_known):
        return 0
    if outcome.needs_a_person:
        raise HoursNeedAPerson(outcome.needs_a_person)
    hours = hours_that_move(outcome)
    if outcome.takes_place_otherwise:
        session.sequence += 1
    write(outcome, now=now)
    if not outcome.takes_place_otherwise:
        return 0
    affected = [
        registration
        for registration in session.registrations.standing().select_related("person")
        if hour_changes(outcome, registration.person)
    ]
    for registration in affected:
        registration.session = session
    return letters.clocks_changed(
        affected, hours=hours, clock_before=lambda person: readers_clock_before(outcome, person), now=now
    )


def hours_that_move(outcome: Outcome) -> list[letters.MovedHours]:
    """What of the session takes place otherwise, as it was and as it is."""
    moved = []
    for row in taking_place(outcome.session):
        hours = [hour for hour in outcome.moving if hour.row is row and hour.name in Meeting.PROMISED]
        if hours:
            then = (outcome.becomes(row, "starts_at"), outcome.becomes(row, "ends_at"))
            moved.append(letters.MovedHours(copy(row), then, hours[0].clock_before))
    return moved


def write(outcome: Outcome, *, now: datetime) -> None:
    """Each row keeps being the row it was. A moment that is new is promised anew by the row itself."""
    session, meetings = outcome.session, list(outcome.session.meetings.all())
    for meeting in meetings:
        meeting.session = session
        write_row(meeting, outcome)
    if meetings:
        session.starts_at, session.ends_at = meetings[0].starts_at, meetings[-1].ends_at
    write_row(session, outcome)
    if outcome.takes_place_otherwise:
        catalog_actions.note_news(activity=session.activity, now=now)
    if outcome.moving:
        catalog_actions.refresh(activity=session.activity)


def write_row(row: Row, outcome: Outcome) -> None:
    """What no known table told is promised by today's, whose answer is the same or is written now."""
    for hour in outcome.hours:
        if hour.row is row and hour.becomes:
            setattr(row, hour.name, hour.becomes)
            if not hour.table:
                row.promised.pop(hour.name, None)
    row.save()
