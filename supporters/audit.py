"""What of supporters is written down when it changes."""

from desk.audit import record

from .models import Supporter


def record_changes() -> None:
    record(Supporter)
