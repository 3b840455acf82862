"""What of focal points is written down when it changes."""

from desk.audit import record

from .models import FocalPoint


def record_changes() -> None:
    record(FocalPoint)
