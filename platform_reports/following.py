"""What follows for platform reports when a session is moved or cancelled.

What a report says of a call stays true, and is counted within the meeting's hours as they are now. Of a meeting that was put
off after it had been read, it says nothing any more (`actions/recounting.py`); attendance sees to what had been noted.
"""

from attendance.actions.doors import lock_open_list
from attendance.errors import Refused
from registrations.session_changes import Cancellation, Move

from .actions.recounting import recount


def moved(move: Move) -> int:
    for _before, meeting in move.changes.moved:
        if not meeting.platform_reports.exists():
            continue
        try:
            door = lock_open_list(meeting, move.now)
        except Refused:
            continue
        if not door.is_early:
            recount(door, by=move.by)
    return 0


def cancelled(cancellation: Cancellation) -> int:
    return 0
