"""A ticket says that somebody saw the code of a meeting at a moment. It stands in the address of the page that asks, so it
goes through signing in and signing up, and through reading the page in another language."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.core import signing

from accounts.models import User

GOOD_FOR = timedelta(minutes=15)
SALT = "attendance.check_in.ticket"


@dataclass(frozen=True)
class Ticket:
    """`person` is nobody (0) as long as who saw the code is not signed in; then it is theirs alone."""

    meeting: int
    seen_at: datetime
    person: int = 0

    def __str__(self) -> str:
        return signing.dumps([self.meeting, self.seen_at.timestamp(), self.person], salt=SALT)

    def of(self, person: User) -> "Ticket":
        return replace(self, person=person.pk)


def read(text: str, now: datetime) -> Ticket | None:
    """None for one that is not ours, or older than a quarter of an hour."""
    try:
        meeting, seen_at, person = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    ticket = Ticket(meeting, datetime.fromtimestamp(seen_at, UTC), person)
    return ticket if now - ticket.seen_at <= GOOD_FOR else None
