"""What of platform reports is written down when it changes, and by whom."""

from desk.audit import record

from .models import PlatformReport


def record_changes() -> None:
    # Traces hold what is deleted after 60 days, and a file's name may name somebody: the history would keep it.
    record(PlatformReport, without=["file_name", "sha256"])
