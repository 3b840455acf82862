"""What of imports is written down when it changes, and by whom."""

from desk.audit import record

from .models import Import

LOOKS = ("look_began_at", "looked_at")


def record_changes() -> None:
    # Rows hold what is deleted after 30 days, and a file's name may name somebody: the history would keep it.
    record(Import, without=["file_name", "sha256", "headings", "columns", "for_all", "moved_at", *LOOKS])
