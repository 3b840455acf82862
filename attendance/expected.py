"""Who is expected at a meeting, from when on it may be noted who came, and until when its list is to be closed."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.expressions import Combinable

from catalog.models import Meeting
from hubs.counting import TO_CLOSE
from registrations.models import Registration

# Who is there may be noted from so long before a meeting.
EARLY = timedelta(hours=2)


def expected(ends_at: datetime | Combinable, registration: str = "") -> Q:
    """Of registrations: those with a place that they were given before the meeting ended. `registration` leads to them from
    what is asked, with its `__`."""
    return Q(
        (f"{registration}state", Registration.State.CONFIRMED), (f"{registration}confirmed_at__lt", ends_at)
    )


def left_since(meeting: Meeting) -> Q:
    """Of registrations: those whose place was given back after the meeting had begun. They could be there, and are expected
    no more; the session may have been cancelled midway."""
    return Q(
        confirmed_at__lt=meeting.ends_at,
        cancelled_at__gt=meeting.starts_at,
        person__erased_at=None,
        person__merged_into=None,
    )


def is_expected(registration: Registration, meeting: Meeting) -> bool:
    """The same of one registration, whether or not it stands by now; and nobody is expected where nothing took place."""
    had_place = registration.confirmed_at is not None and registration.confirmed_at < meeting.ends_at
    return had_place and not meeting.was_called_off


def noted_from(meeting: Meeting) -> datetime:
    return meeting.starts_at - EARLY


def is_late(meeting: Meeting, now: datetime) -> bool:
    """Whether its list should have been closed by now."""
    return now >= meeting.ends_at + TO_CLOSE
