"""What of registrations is written down when it changes. Their own dates tell most; this tells who did it."""

from desk.audit import record

from .models import Invitation, Registration


def record_changes() -> None:
    record(Registration, without=["sequence"])
    record(Invitation)
