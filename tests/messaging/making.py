"""Sessions with people, and messages to them."""

from datetime import UTC, datetime, timedelta

from accounts.models import User
from catalog.models import Session
from messaging import actions
from messaging.models import Message
from registrations.models import Registration
from tests import cast

DAY = timedelta(days=1)
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
WORDS = {
    "en": {"subject": "Bring your badge", "text": "The door opens at 8.\nThe map: https://example.org/map"}
}
FRENCH = {"fr": {"subject": "Apportez votre badge", "text": "La porte ouvre à 8 h."}}


def session_with(*people: User, **fields) -> Session:
    """Ten days after NOW; people without an action of their own: they are registered at once."""
    made = cast.session(**({"starts_at": NOW + 10 * DAY, "places": None} | fields))
    registered(made, *people)
    return made


def registered(session: Session, *people: User, state: str = "confirmed") -> list[Registration]:
    moment = NOW - DAY
    confirmed_at = moment if state == "confirmed" else None
    return Registration.objects.bulk_create(
        Registration(
            session=session,
            person=person,
            state=state,
            registered_at=moment,
            queued_at=moment,
            confirmed_at=confirmed_at,
        )
        for person in people
    )


def drafted(session: Session, by: User | None = None, **facts) -> Message:
    facts = {"groups": ["confirmed"], "words": WORDS, "now": NOW} | facts
    return actions.draft(session=session, by=by or cast.secretary(), **facts)


def sent(session: Session, by: User | None = None, **facts) -> Message:
    """With all of its letters."""
    by = by or cast.secretary()
    now = facts.get("now", NOW)
    message = actions.send(message=drafted(session, by, **facts), by=by, now=now)
    actions.write_all(message=message, now=now)
    message.refresh_from_db()
    return message
