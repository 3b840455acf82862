"""What of hosts is written down when it changes."""

from desk.audit import record

from .models import Host


def record_changes() -> None:
    record(Host, many=["coordinators"])
