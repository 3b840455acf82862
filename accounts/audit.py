"""What of people and organizations is written down when it changes."""

from desk.audit import record

from .models import Organization, OrganizationName, User


def record_changes() -> None:
    record(User, without=["last_login"], many=["groups"])
    record(Organization)
    record(OrganizationName)
