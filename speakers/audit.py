"""What of speakers is written down when it changes: that it did, never what it says. So nothing is left of a person who is
forgotten."""

from desk.audit import record

from .models import Appearance, Speaker


def record_changes() -> None:
    told_only = ["name", "organization", "link", "consent_how"]
    record(Speaker, told_only=[*told_only, *(f"words_{code}" for code in ("en", "fr", "es"))])
    record(Appearance, told_only=["organization", *(f"role_{code}" for code in ("en", "fr", "es"))])
