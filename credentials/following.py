"""What follows for certificates when a session is moved or cancelled: nothing. What was issued says what took place."""

from registrations.session_changes import Cancellation, Move


def moved(_move: Move) -> int:
    return 0


def cancelled(_cancellation: Cancellation) -> int:
    return 0
