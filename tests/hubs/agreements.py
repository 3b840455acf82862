"""What the tests of agreements are made of: all through the actions, so always something that could be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from catalog.models import Activity, Session
from hubs import actions
from hubs.models import Agreement, Contact, Host
from tests import cast

START = date(2025, 6, 1)
END = date(2028, 5, 31)


def noon(day: date, hour: int = 12) -> datetime:
    """The middle of a day in UTC: the same day in Chengdu and Cairo."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def draft(host: Host | None = None, **facts: Any) -> Agreement:
    host = host or cast.host("chengdu")
    kind = Agreement.Kind.LEARNING_HUB if host.is_hub else Agreement.Kind.TERMS_OF_REFERENCE
    facts = {"kind": kind, "theme": "Green communities", "starts_on": START, "by": None} | facts
    return actions.draft(host=host, **facts)


def signed(
    host: Host | None = None, *, by: User | None = None, now: datetime | None = None, **facts: Any
) -> Agreement:
    """Signed the day before it begins, unless told otherwise."""
    agreement = draft(host, **facts)
    return actions.sign(
        agreement=agreement,
        by=by or cast.superuser(),
        now=now or noon(agreement.starts_on - timedelta(days=1)),
    )


def contact(agreement: Agreement, name: str = "Wei Zhang", **facts: Any) -> Contact:
    if "person" not in facts:
        facts = {"email": f"{name.split()[0].lower()}@hub.example"} | facts
    return Contact.objects.create(agreement=agreement, name=name, **facts)


def session_on(host: Host, day: date, *, people: int = 0, hours: float = 1.5, **facts: Any) -> Session:
    """A public session of the host on that day, with so many people."""
    activity = facts.pop("activity", None) or cast.activity(f"Session of {day}", host=host, **facts)
    session = cast.session(activity, starts_at=noon(day, hour=4), lasts=timedelta(hours=hours), places=None)
    for _i in range(people):
        cast.register(session, now=noon(day - timedelta(days=2)))
    return session


__all__ = ["END", "START", "Activity", "contact", "draft", "noon", "session_on", "signed"]
