"""What follows for attendance when a session is moved or cancelled.

A meeting keeps its row when it moves; one at which somebody was cannot be dropped (`catalog.errors.MeetingIsOnRecord`). What
was noted before a cancellation stays true. Helpers see the list around the session's hours, whatever they are by then.
"""

from registrations.session_changes import Cancellation, Move

from .actions.settling import settle
from .expected import noted_from
from .models import Attendance


def moved(move: Move) -> int:
    """Who was noted at the door of a meeting that was then put off was not there after all; who is excused may say so anew,
    but need not: they were told of the move."""
    for _before, meeting in move.changes.moved:
        if noted_from(meeting) > move.now:
            meeting.attendance.exclude(state=Attendance.State.EXCUSED).delete()
            settle(meeting)
    return 0


def cancelled(cancellation: Cancellation) -> int:
    return 0
