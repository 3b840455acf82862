"""What of attendance is written down when it changes, and by whom."""

from desk.audit import record

from .models import Attendance, Closing, Correction, Guest, Helper


def record_changes() -> None:
    # The history would tell hosts names that they may not see yet, and keep those that were to be erased.
    record(Attendance, without=["counts", "registration"])
    record(Closing)
    record(Correction, without=["registration", "words"])
    record(Guest, without=["name", "email", "registration"])
    record(Helper)
