"""What follows for platform reports when a session is moved or cancelled: nothing.

What a report says of a call stays true. Of a meeting that was put off after it had been read, it says nothing any more
(`actions/recounting.py`); attendance sees to what had been noted.
"""

from registrations.session_changes import Cancellation, Move


def moved(move: Move) -> int:
    return 0


def cancelled(cancellation: Cancellation) -> int:
    return 0
