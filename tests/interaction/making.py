"""A meeting with people who have a place, and what they ask."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import User
from catalog.models import Meeting, Session
from interaction import actions
from interaction.models import Question
from registrations.models import Registration
from tests import cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# The meeting, of an hour and a half.
START = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
END = START + HOUR * 1.5


def meeting_with(
    *people: User, state: str = "confirmed", **fields: Any
) -> tuple[Meeting, list[Registration]]:
    """Registered without an action of their own."""
    session = cast.session(**({"starts_at": START, "places": None} | fields))
    return session.meetings.select_related("session__activity__host").get(), registered(
        session, *people, state=state
    )


def registered(session: Session, *people: User, state: str = "confirmed") -> list[Registration]:
    at = START - 30 * DAY
    rows = [
        Registration(
            session=session,
            person=person,
            state=state,
            registered_at=at,
            queued_at=at,
            confirmed_at=at if state == "confirmed" else None,
            cancelled_at=at if state == "cancelled" else None,
            cancelled_for="person" if state == "cancelled" else "",
        )
        for person in people
    ]
    return Registration.objects.bulk_create(rows)


def asked(
    registration: Registration, words: str = "Who pays for it?", *, state: str = "shown", **facts: Any
) -> Question:
    """And put into a state, as by a moderator."""
    meeting = facts.pop("meeting", None) or registration.session.meetings.get()
    question = actions.ask(
        meeting=meeting, registration=registration, words=words, by=registration.person, **facts
    )
    if state != "waiting":
        Question.objects.filter(pk=question.pk).update(state=state)
    question.refresh_from_db()
    return question
