"""Reminders are asked for, not scheduled: what is due now follows from the facts as they are now.

Each meeting has its reminders. Of the session's leads (a week, a day, an hour before …) one is current at any moment: the
shortest whose moment has come. So a reminder that could not go in time gives way to the next, and a session that moved needs
no repair. Leads of more than a day are for the first meeting only, and where several meetings fall on one day, that of a day
is for the first of these. The lead of an hour always belongs to a session with a joining link: that letter carries it.

Due are those confirmed before the moment of the current lead, who were not told of a change since, and whose
reminder for this lead and this start is not written yet. Who wants no reminders still gets the link to join. A lead of a day
or more waits until the reader's quiet hours are over (outbox/quiet_hours.py).

The rule stands in DUE alone. It is asked of everybody to find what is due, and of each once more before it is written.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from outbox.models import Letter
from outbox.quiet_hours import asleep

from . import letters
from .actions import lock
from .joining import JOINING_LEAD
from .materials import to_prepare
from .models import Registration

logger = logging.getLogger(__name__)

A_DAY = 24 * 60  # minutes, as Session.reminder_leads counts them

# In one tick; the nearest sessions first. The rest is found by the next tick.
MOST_AT_ONCE = 2000

# MATERIALIZED: of all meetings to come first the few that have a current lead, then their people. A session starts with its
# first meeting; those after it are sought by an index of their own (Meeting: meeting_by_start).
DUE = """
WITH ahead AS (
    SELECT id, starts_at, joining_link, reminder_leads
    FROM catalog_session
    WHERE starts_at > %(now)s AND cancelled_at IS NULL
        AND (%(session)s::bigint IS NULL OR id = %(session)s)
    UNION ALL
    SELECT session.id, meeting.starts_at, joining_link, ARRAY(
        SELECT lead FROM unnest(reminder_leads) AS lead
        WHERE lead < %(day)s OR lead = %(day)s AND NOT EXISTS (
            SELECT FROM catalog_meeting AS earlier
            WHERE earlier.session_id = session.id
                AND earlier.starts_at < meeting.starts_at
                AND timezone(session.timezone, earlier.starts_at)::date
                    = timezone(session.timezone, meeting.starts_at)::date
        )
    )
    FROM catalog_meeting AS meeting
    JOIN catalog_session AS session ON session.id = meeting.session_id
    WHERE meeting.starts_at > %(now)s
        AND meeting.starts_at <= %(now)s + make_interval(mins => %(day)s)
        AND meeting.starts_at > session.starts_at
        AND cancelled_at IS NULL
        AND (%(session)s::bigint IS NULL OR session.id = %(session)s)
),
current AS MATERIALIZED (
    SELECT id, starts_at, lead, starts_at - make_interval(mins => lead) AS moment,
        joining_link <> '' AND lead <= %(joining_lead)s AS joins
    FROM ahead
    CROSS JOIN LATERAL (
        SELECT min(lead) AS lead
        FROM unnest(
            CASE WHEN joining_link = '' THEN reminder_leads ELSE reminder_leads || %(joining_lead)s END
        ) AS lead
        WHERE starts_at - make_interval(mins => lead) <= %(now)s
    ) AS shortest
    WHERE lead IS NOT NULL
)
SELECT registration.id AS registration, current.id AS session, current.starts_at, current.lead
FROM current
JOIN registrations_registration AS registration
    ON registration.session_id = current.id
    AND registration.state = 'confirmed'
    AND registration.confirmed_at < current.moment
    AND (%(registration)s::bigint IS NULL OR registration.id = %(registration)s)
JOIN accounts_user AS person
    ON person.id = registration.person_id
    AND (person.reminders OR current.joins)
    AND (
        current.lead < %(day)s OR NOT person.quiet_hours
        OR person.timezone <> ALL (string_to_array(%(asleep)s, ' '))
    )
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
    starts_at: datetime  # the meeting's
    lead: int  # minutes before that


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
    return ask(now)


def is_due(due: Due, now: datetime) -> bool:
    return due in ask(now, session=due.session, registration=due.registration)


def ask(now: datetime, *, session: int | None = None, registration: int | None = None) -> list[Due]:
    """What is due of all sessions and people, or of those that are named."""
    with connection.cursor() as cursor:
        cursor.execute(
            DUE,
            {
                "now": now,
                "day": A_DAY,
                "joining_lead": JOINING_LEAD,
                "asleep": " ".join(asleep(now)),
                "most": MOST_AT_ONCE,
                "session": session,
                "registration": registration,
            },
        )
        return [Due(*row) for row in cursor.fetchall()]


@transaction.atomic
def write_one(due: Due, *, now: datetime) -> Letter | None:
    """Look again under the session's lock: between finding and writing somebody may have cancelled, or moved
    the session."""
    session = lock.lock_session(due.session)
    if not is_due(due, now):
        return None
    registration = Registration.objects.select_related("person").get(pk=due.registration)
    registration.session = session
    is_first = due.starts_at == session.starts_at
    return letters.reminder(
        registration,
        starts_at=due.starts_at,
        lead=due.lead,
        to_prepare=to_prepare(registration) if is_first else [],
        now=now,
    )
