"""The one door through which every change of a meeting's questions passes: its board is locked until the transaction ends.

One row for one meeting, so no two changes wait for each other crosswise. What is read of questions is read after it.
"""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from catalog.models import Meeting
from registrations.models import Registration

from .. import errors, versions
from ..clock import is_open
from ..models import Board, Question
from ..places import has_place_now


class Locked(NamedTuple):
    board: Board
    meeting: Meeting
    now: datetime  # taken after the lock, so it is the order of arrival


def lock_board(meeting: int, now: datetime | None = None) -> Locked:
    """Whoever changes a question of this meeting waits. Pages are told that there is something new once it is written."""
    Board.objects.get_or_create(meeting_id=meeting)
    board = Board.objects.select_for_update(of=("self",), no_key=True).get(meeting=meeting)
    # Asked for when the row is locked: what is joined to it would be as old as the question, however long that waited.
    found = Meeting.objects.select_related("session__activity__host").get(pk=meeting)
    board.meeting = found
    versions.changed(found)
    return Locked(board, found, now or timezone.now())


def question_now(locked: Locked, question: Question) -> Question:
    """As it is now. Raises GoneMeanwhile."""
    found = Question.objects.filter(pk=question.pk, meeting=locked.meeting)
    one = found.select_related("registration__person", "same_as").first()
    if one is None:
        raise errors.GoneMeanwhile(locked.meeting)
    one.meeting = locked.meeting
    return one


def refuse_who_may_not(locked: Locked, registration: Registration) -> None:
    """Raises CalledOff, TooLate, HasNoPlace."""
    if locked.meeting.was_called_off:
        raise errors.CalledOff(locked.meeting)
    if not is_open(locked.meeting, locked.now):
        raise errors.TooLate(locked.meeting)
    refuse_without_place(locked, registration)


def refuse_without_place(locked: Locked, registration: Registration) -> None:
    if registration.session_id != locked.meeting.session_id or not has_place_now(registration):
        raise errors.HasNoPlace(locked.meeting)
