"""Who may open what staff gave for a session, and the letter that brings it when the session is over.

The letter is asked for, not scheduled, like a reminder: it is due an hour after the end, and again an hour after something
was added, so that what is put up piece by piece comes in one letter. It goes to who has a place,
within a week of its moment.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from catalog.models import Material, Session
from outbox.models import Letter

from . import letters
from .actions import lock
from .models import Registration

logger = logging.getLogger(__name__)

# In one tick; the rest is found by the next.
MOST_AT_ONCE = 2000

# The moment is the end, or when the last was added, whichever is later. What is added more than two months after the end
# comes in no letter: it may be meant for a later session.
DUE = """
WITH given AS MATERIALIZED (
    SELECT session.id, greatest(session.ends_at, max(material.given_at)) AS moment
    FROM catalog_material AS material
    JOIN catalog_activity AS activity ON activity.id = material.activity_id
    JOIN catalog_session AS session
        ON session.activity_id = activity.id
        AND (material.session_id IS NULL OR material.session_id = session.id)
    WHERE material.shown_to = 'participants'
        AND activity.published_at IS NOT NULL AND activity.withdrawn_at IS NULL
        AND session.cancelled_at IS NULL
        AND session.ends_at <= %(now)s AND session.ends_at > %(now)s - interval '60 days'
    GROUP BY session.id
)
SELECT registration.id, given.id, given.moment
FROM given
JOIN registrations_registration AS registration
    ON registration.session_id = given.id AND registration.state = 'confirmed'
WHERE given.moment <= %(now)s - interval '1 hour' AND given.moment > %(now)s - interval '7 days'
AND NOT EXISTS (
    SELECT FROM outbox_letter
    WHERE about = 'registration ' || registration.id
        AND kind = 'materials'
        AND written_at >= given.moment
)
ORDER BY given.moment, registration.id
LIMIT %(most)s
"""


def may_open(registration: Registration) -> bool:
    """Whether the person may open what is for people registered: whoever has a place, or had one when it took place."""
    return registration.is_confirmed and not registration.session.is_cancelled


def materials_for(registration: Registration) -> list[Material]:
    """All that there is to open at this person's session; nothing for who waits or cancelled. One query."""
    if not may_open(registration):
        return []
    return list(Material.objects.of_session(registration.session))


@dataclass(frozen=True)
class Due:
    registration: int
    session: int
    moment: datetime


def write_due(*, now: datetime) -> int:
    """Write the letters that are due, each in a transaction of its own. Answers how many were written."""
    written = 0
    for due in due_now(now):
        try:
            written += write_one(due, now=now) is not None
        except Exception:
            logger.exception(
                "The letter with materials for registration %s was not written.", due.registration
            )
    return written


def due_now(now: datetime) -> list[Due]:
    """One query, however many sessions and people there are."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"now": now, "most": MOST_AT_ONCE})
        return [Due(*row) for row in cursor.fetchall()]


@transaction.atomic
def write_one(due: Due, *, now: datetime) -> Letter | None:
    """Look again under the session's lock: meanwhile somebody may have cancelled, or staff taken it away."""
    session: Session = lock.lock_session(due.session)
    registration = Registration.objects.select_related("person").get(pk=due.registration)
    registration.session = session
    given = materials_for(registration)
    if not any(not material.is_for_everyone for material in given):
        return None
    return letters.materials(registration, given=given, moment=due.moment, now=now)
