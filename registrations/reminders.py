"""Reminders are asked for, not scheduled: what is due now follows from the facts as they are now.

Each meeting has its reminders. Of the session's leads (a week, a day, an hour before …) one is current at any moment: the
shortest whose moment has come. So a reminder that could not go in time gives way to the next, and a session that moved needs
no repair. Leads of more than a day are for the first meeting only, and where several meetings fall on one day, that of a day
is for the first of these. The lead of an hour always belongs to a session with a joining link: that letter carries it.

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
SELECT registration.id, current.id, current.starts_at, current.lead
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
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"now": now, "day": A_DAY, "joining_lead": JOINING_LEAD, "most": MOST_AT_ONCE})
        return [Due(*row) for row in cursor.fetchall()]


@transaction.atomic
def write_one(due: Due, *, now: datetime) -> Letter | None:
    """Look again under the session's lock: between finding and writing somebody may have cancelled, or moved
    the session."""
    session = lock.lock_session(due.session)
    registration = Registration.objects.select_related("person").get(pk=due.registration)
    if (
        session.is_cancelled
        or not registration.is_confirmed
        or current_lead(session, due.starts_at, now) != due.lead
    ):
        return None
    registration.session = session
    if not (registration.person.reminders or brings_the_link(session, due.lead)):
        return None
    return letters.reminder(registration, starts_at=due.starts_at, lead=due.lead, now=now)


def brings_the_link(session: Session, lead: int) -> bool:
    return bool(session.joining_link) and lead <= JOINING_LEAD


def current_lead(session: Session, starts_at: datetime, now: datetime) -> int | None:
    """The shortest lead whose moment has come for the meeting that starts then; none before the first, after the start, and
    where no meeting starts then any more."""
    if now >= starts_at or starts_at not in [start for start, _end in session.hours]:
        return None
    leads = [
        *(lead for lead in session.reminder_leads if is_for(session, starts_at, lead)),
        *([JOINING_LEAD] if session.joining_link else []),
    ]
    minutes_left = (starts_at - now).total_seconds() / 60
    return min((lead for lead in leads if lead >= minutes_left), default=None)


def is_for(session: Session, starts_at: datetime, lead: int) -> bool:
    """Whether the meeting that starts then is reminded of so long before. Says the same as DUE."""
    if starts_at == session.starts_at or lead < A_DAY:
        return True
    day = starts_at.astimezone(session.zone).date()
    earlier = [start for start, _end in session.hours if start < starts_at]
    return lead == A_DAY and all(start.astimezone(session.zone).date() != day for start in earlier)
