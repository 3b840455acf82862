"""“This is wrong”: a person asks, the host's staff answer."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Meeting
from registrations.models import Registration

from .. import errors, letters
from ..models import Attendance, Correction
from .closing import close, open_again
from .doors import Door, lock_meeting
from .noting import note

ASKED_AT_MOST = 3  # for one meeting, answered ones included


@transaction.atomic
def ask_correction(
    *, registration: Registration, meeting: Meeting, words: str, by: User, now: datetime | None = None
) -> Correction:
    """Tell the host's desk that what the closed list says of somebody is wrong. While one waits, asking again is the same.

    Raises NotClosedYet, AskedTooOften, MeetingDidNotHappen.
    """
    door = lock_meeting(meeting, now)
    earlier = door.meeting.corrections.filter(registration=registration)
    waiting = earlier.filter(answered_at=None).first()
    if waiting:
        return waiting
    if door.closing is None or not door.closing.taken:
        raise errors.NotClosedYet(door.meeting)
    if earlier.count() >= ASKED_AT_MOST:
        raise errors.AskedTooOften(door.meeting)
    correction = Correction.objects.create(
        registration=registration, meeting=door.meeting, words=words, asked_at=door.now
    )
    letters.correction_asked(correction, now=door.now)
    return correction


@transaction.atomic
def answer_correction(
    *, correction: Correction, state: str, answer: str, by: User, now: datetime | None = None
) -> Correction:
    """Staff answer: with a `state` the list says that from now on, with "" it stays as it is, and the `answer` says why. The
    person is told by letter. Answered twice, the first answer stands.

    Raises AnswerMissing when it stays without a word; ListIsClosed never: the list is opened and closed in the same step.
    """
    if not state and not answer.strip():
        raise errors.AnswerMissing(correction.meeting)
    door = lock_meeting(correction.meeting, now)
    correction = Correction.objects.select_related("registration__person").get(pk=correction.pk)
    correction.meeting = door.meeting
    if correction.answered_at:
        return correction
    if state:
        correct(door, correction, state=state, by=by)
    correction.answered_at, correction.answered_by = door.now, by
    correction.corrected, correction.answer = bool(state), answer.strip()
    correction.save(update_fields=["answered_at", "answered_by", "corrected", "answer"])
    letters.correction_answered(correction, state=state, now=door.now)
    return correction


def correct(door: Door, correction: Correction, *, state: str, by: User) -> None:
    """What is written at a closed list is written between opening it and closing it again; the history shows all three."""
    registration = whose(correction)
    minutes = minutes_before(registration, correction.meeting)
    if door.closing:
        open_again(meeting=door.meeting, by=by, why=f"correction {correction.pk}", now=door.now)
    note(
        registration=registration,
        meeting=door.meeting,
        state=state,
        minutes=minutes,
        by=by,
        now=door.now,
    )
    if door.closing:
        close(meeting=door.meeting, by=by, now=door.now)


def whose(correction: Correction) -> Registration:
    """Asked by an account that was merged meanwhile, it is about the registration of the one that stays."""
    asked: Registration = correction.registration
    if asked.person.merged_into_id is None:
        return asked
    return Registration.objects.get(session=asked.session_id, person=asked.person.that_stands)


def minutes_before(registration: Registration, meeting: Meeting) -> int | None:
    """Measured minutes are not lost by a correction of the state."""
    row = Attendance.objects.counted().filter(registration=registration, meeting=meeting)
    return row.values_list("minutes", flat=True).first()
