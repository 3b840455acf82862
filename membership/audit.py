"""What of claims and domains is written down when it changes."""

from desk.audit import record

from .models import Claim, EmailDomain


def record_changes() -> None:
    record(Claim)
    record(EmailDomain)
