"""What of certificates is written down when it changes, and by whom."""

from desk.audit import record

from .models import Certificate, Round, Signatory


def record_changes() -> None:
    # The history would keep names that were to be erased.
    record(Certificate, without=["facts", "registration", "code", "why_withdrawn", "why_kept"])
    record(Round)
    record(Signatory)
