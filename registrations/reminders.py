"""Reminders are asked for, not scheduled: what is due now follows from the facts as they are now.

Of a session's leads (a week, a day, an hour before …) one is current at any moment: the shortest whose moment
has come. So a reminder that could not go in time gives way to the next, and a session that moved needs no
repair. The lead of an hour always belongs to a session with a joining link: that letter carries it.

Due are those confirmed before the moment of the current lead, who were not told of a change since, and whose
reminder for this lead and this start is not written yet. Who wants no reminders still gets the link to join.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from catalog.models import Session
from outbox.models import Letter

from . import letters
from .actions import lock
from .joining import JOINING_LEAD
from .models import Registration

logger = logging.getLogger(__name__)

# In one tick; the nearest sessions first. The rest is found by the next tick.
MOST_AT_ONCE = 2000

# MATERIALIZED: of all sessions to come first the few that have a current lead, then their people.
DUE = """
WITH current AS MATERIALIZED (
    SELECT id, starts_at, lead, starts_at - make_interval(mins => lead) AS moment,
        joining_link <> '' AND lead <= %(joining_lead)s AS joins
    FROM catalog_session
    CROSS JOIN LATERAL (
        SELECT min(lead) AS lead
        FROM unnest(
            CASE WHEN joining_link = '' THEN reminder_leads ELSE reminder_leads || %(joining_lead)s END
        ) AS lead
        WHERE starts_at - make_interval(mins => lead) <= %(now)s
    ) AS shortest
    WHERE starts_at > %(now)s AND cancelled_at IS NULL AND lead IS NOT NULL
)
SELECT registration.id, current.id, current.lead
FROM current
JOIN registrations_registration AS registration
    ON registration.session_id = current.id
    AND registration.state = 'confirmed'
    AND registration.confirmed_at < current.moment
JOIN accounts_user AS person
    ON person.id = registration.person_id
    AND (person.reminders OR current.joins)
WHERE NOT EXISTS (
    SELECT FROM outbox_letter
    WHERE key = 'reminder/' || registration.id || '/' || current.lead || '/'
        || extract(epoch FROM current.starts_at)::bigint
)
AND NOT EXISTS (
    SELECT FROM outbox_letter
    WHERE about = 'registration ' || registration.id
        AND kind = 'session_changed'
        AND written_at >= current.moment
)
ORDER BY current.starts_at, registration.id
LIMIT %(most)s
"""


@dataclass(frozen=True)
class Due:
    registration: int
    session: int
    lead: int  # minutes before the start


def remind(*, now: datetime) -> int:
    """Write every reminder that is due. Answers how many were written.

    Each is a transaction of its own: a row that cannot be worded is logged and holds back nobody else's.
    """
    written = 0
    for due in due_now(now):
        try:
            written += write_one(due, now=now) is not None
        except Exception:
            logger.exception("The reminder for registration %s was not written.", due.registration)
    return written


def due_now(now: datetime) -> list[Due]:
    """One query, however many sessions and people there are."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"now": now, "joining_lead": JOINING_LEAD, "most": MOST_AT_ONCE})
        return [Due(*row) for row in cursor.fetchall()]


@transaction.atomic
def write_one(due: Due, *, now: datetime) -> Letter | None:
    """Look again under the session's lock: between finding and writing somebody may have cancelled, or moved
    the session."""
    session = lock.lock_session(due.session)
    registration = Registration.objects.select_related("person").get(pk=due.registration)
    if session.is_cancelled or not registration.is_confirmed or current_lead(session, now) != due.lead:
        return None
    registration.session = session
    if not (registration.person.reminders or brings_the_link(session, due.lead)):
        return None
    return letters.reminder(registration, lead=due.lead, now=now)


def brings_the_link(session: Session, lead: int) -> bool:
    return bool(session.joining_link) and lead <= JOINING_LEAD


def current_lead(session: Session, now: datetime) -> int | None:
    """The shortest lead whose moment has come, in minutes; none before the first and after the start."""
    if now >= session.starts_at:
        return None
    leads = [*session.reminder_leads, *([JOINING_LEAD] if session.joining_link else [])]
    minutes_left = (session.starts_at - now).total_seconds() / 60
    return min((lead for lead in leads if lead >= minutes_left), default=None)
