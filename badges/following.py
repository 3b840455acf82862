"""What becomes of badges when a session is moved or cancelled: nothing. They say what the certificate says, which stays."""

from registrations.session_changes import Cancellation, Move


def moved(_move: Move) -> int:
    return 0


def cancelled(_cancellation: Cancellation) -> int:
    return 0
