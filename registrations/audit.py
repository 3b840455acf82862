"""What of registrations is written down when it changes. Their own dates tell most; this tells who did it."""

from desk.audit import record

from .models import Invitation, Registration


def record_changes() -> None:
    # Whose it is changes with two accounts of one person alone, and the history would tell hosts a name that they may not
    # see yet.
    record(Registration, without=["sequence", "person"])
    record(Invitation)
