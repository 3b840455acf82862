"""The joining link is for people confirmed, from an hour before each meeting until its end."""

from datetime import datetime, timedelta

from catalog.hours import next_hours
from catalog.models import Session

from .models import Registration

# Minutes before a meeting starts, as `Session.reminder_leads` counts them.
JOINING_LEAD = 60


def opens_at(session: Session, now: datetime) -> datetime:
    """An hour before the meeting that takes place now or comes next; of what is over, before its last."""
    start, _end = next_hours(session, now) or session.hours[-1]
    return start - timedelta(minutes=JOINING_LEAD)


def is_open(session: Session, now: datetime) -> bool:
    return not session.is_cancelled and opens_at(session, now) <= now < session.ends_at


def may_see(registration: Registration, now: datetime) -> bool:
    """Whether this person may see the joining link and note of their session now."""
    return registration.is_confirmed and is_open(registration.session, now)
