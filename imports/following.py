"""What follows for imports when a session is moved or cancelled: nothing of theirs. One that is under way is refused what is
left by the rules of registering; letters that wait leave before the news (outbox/holding.py)."""

from registrations.session_changes import Cancellation, Move


def moved(move: Move) -> int:
    return 0


def cancelled(cancellation: Cancellation) -> int:
    return 0
