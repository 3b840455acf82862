"""What follows for messages when a session is moved or cancelled.

A move changes nothing: a message leaves within minutes, and what it says staff may say anew. Of a session that is cancelled
nothing more goes out: its people are told of that, and what was written before would come after it.
"""

from registrations.session_changes import Cancellation, Move

from .actions import withdraw_unsent


def moved(_move: Move) -> int:
    return 0


def cancelled(cancellation: Cancellation) -> int:
    withdraw_unsent(session=cancellation.session, by=cancellation.by, now=cancellation.now)
    return 0
