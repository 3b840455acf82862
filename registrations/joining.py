"""The joining link is for people confirmed, from an hour before the start until the end."""

from datetime import datetime, timedelta

from catalog.models import Session

from .models import Registration

# Minutes before the start, as `Session.reminder_leads` counts them.
JOINING_LEAD = 60


def opens_at(session: Session) -> datetime:
    return session.starts_at - timedelta(minutes=JOINING_LEAD)


def is_open(session: Session, now: datetime) -> bool:
    return not session.is_cancelled and opens_at(session) <= now < session.ends_at


def may_see(registration: Registration, now: datetime) -> bool:
    """Whether this person may see the joining link and note of their session now."""
    return registration.is_confirmed and is_open(registration.session, now)
