"""What of a message is written down when it changes, and by whom. Its own page tells what it says, to whom, and how far its
letters have come."""

from desk.audit import record

from .models import Message


def record_changes() -> None:
    record(Message, without=["words", "groups", "people", "letters_written", "reached", "finished_at"])
