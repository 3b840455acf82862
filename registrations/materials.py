"""Who opens what staff gave for a session, and the letter that brings it when the session is over.

The rule stands in GIVEN and OPENS alone: the page asks it of one registration, a file of one person, letters of everybody.

The letter is asked for, not scheduled, like a reminder. It is due an hour after the end, and again an hour after something
was added, so that what is put up piece by piece comes in one letter; what is for those who attended is due an hour after the
person is noted as there, whether or not the list is closed, so that a slip can be mended. It goes within a week of its
moment. What is meant for before the session brings none: the reminder tells of it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from accounts.models import User
from catalog.materials import MaterialShown
from catalog.models import Material, Session
from outbox.models import Letter

from . import letters
from .actions import lock
from .models import Registration

logger = logging.getLogger(__name__)

# In one tick; the rest is found by the next.
MOST_AT_ONCE = 2000

# What is given to a registration: to whoever has a place, or had one when it took place, at their session, while that is not
# called off and the activity is public.
GIVEN = """
FROM registrations_registration AS registration
JOIN catalog_session AS session ON session.id = registration.session_id AND session.cancelled_at IS NULL
JOIN catalog_activity AS activity
    ON activity.id = session.activity_id
    AND activity.published_at IS NOT NULL AND activity.withdrawn_at IS NULL
JOIN catalog_material AS material
    ON material.activity_id = activity.id
    AND (material.session_id IS NULL OR material.session_id = session.id)
WHERE registration.state = 'confirmed'
"""

# And which of that the person opens: what is for those who attended, once they are noted as present at one meeting at least.
OPENS = """(
    material.shown_to <> 'attended'
    OR EXISTS (
        SELECT FROM attendance_attendance AS attendance
        WHERE attendance.registration_id = registration.id AND attendance.counts AND attendance.state = 'present'
    )
)"""

# What brings a letter. What is added more than two months after the end comes in none: it may be meant for a later session.
BRINGS = """
    session.ends_at <= %(now)s AND session.ends_at > %(now)s - interval '60 days'
    AND material.shown_to <> 'everyone' AND material.meant_for <> 'before'
"""

# MATERIALIZED: first the few sessions with news, then their people.
#
# The moment is the end, or when the last was added, whichever is later; one for what is for all who have a place, one for
# what is for those who attended. Who these are may be noted late, or again, as a platform's report is read anew: so no hour
# tells whether they were written to, but the letter's key does.
DUE = f"""
WITH fresh AS MATERIALIZED (
    SELECT session.id
    FROM catalog_session AS session
    JOIN catalog_material AS material
        ON material.activity_id = session.activity_id
        AND (material.session_id IS NULL OR material.session_id = session.id)
    WHERE {BRINGS} AND (%(session)s::bigint IS NULL OR session.id = %(session)s)
    GROUP BY session.id
    HAVING greatest(session.ends_at, max(material.given_at)) > %(now)s - interval '7 days'
        OR bool_or(material.shown_to = 'attended') AND EXISTS (
            SELECT FROM attendance_attendance AS attendance
            JOIN catalog_meeting AS meeting ON meeting.id = attendance.meeting_id
            WHERE meeting.session_id = session.id AND attendance.noted_at > %(now)s - interval '7 days'
        )
),
brought AS (
    SELECT registration.id, session.id AS session_id,
        CASE WHEN bool_or(material.shown_to = 'participants') THEN greatest(
            session.ends_at, max(material.given_at) FILTER (WHERE material.shown_to = 'participants')
        ) END AS moment,
        CASE WHEN bool_or(material.shown_to = 'attended') THEN greatest(
            session.ends_at, max(material.given_at) FILTER (WHERE material.shown_to = 'attended')
        ) END AS moment_of_attended
    {GIVEN}
    AND session.id IN (SELECT id FROM fresh)
    AND (%(registration)s::bigint IS NULL OR registration.id = %(registration)s)
    AND {BRINGS} AND {OPENS}
    GROUP BY registration.id, session.id
)
SELECT brought.id AS registration, session_id AS session, moment, moment_of_attended
FROM brought
LEFT JOIN LATERAL (
    SELECT max(noted_at) AS noted_at
    FROM attendance_attendance
    WHERE moment_of_attended IS NOT NULL
        AND registration_id = brought.id AND counts AND attendance_attendance.state = 'present'
) AS present ON true
WHERE moment <= %(now)s - interval '1 hour' AND moment > %(now)s - interval '7 days'
    AND NOT EXISTS (
        SELECT FROM outbox_letter
        WHERE about = 'registration ' || brought.id AND kind = 'materials' AND written_at >= moment
    )
    OR greatest(moment_of_attended, noted_at) <= %(now)s - interval '1 hour'
    AND greatest(moment_of_attended, noted_at) > %(now)s - interval '7 days'
    AND NOT EXISTS (
        SELECT FROM outbox_letter
        WHERE about = 'registration ' || brought.id AND kind = 'materials'
            AND key LIKE '%%/attended/' || floor(extract(epoch FROM moment_of_attended))::bigint
    )
ORDER BY greatest(moment, moment_of_attended), brought.id
LIMIT %(most)s
"""  # noqa: S608 - it is put together from what stands above


def materials_for(registration: Registration) -> list[MaterialShown]:
    """What there is for this person at their session, as staff put it in order: what opens, and what is for those who
    attended. Nothing for who waits or cancelled. One query."""
    statement = (
        f"SELECT material.*, {OPENS} AS opens {GIVEN} AND registration.id = %s ORDER BY position, material.id"
    )
    rows = Material.objects.raw(statement, [registration.pk])
    return [MaterialShown(material, opens=vars(material)["opens"]) for material in rows]


def to_prepare(registration: Registration) -> list[MaterialShown]:
    """What the person opens of it before the session, for the reminder."""
    before = Material.MeantFor.BEFORE
    return [one for one in materials_for(registration) if one.opens and one.material.meant_for == before]


def may_open(person: User, material: Material) -> bool:
    """Whether one of the person's registrations opens it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT {GIVEN} AND {OPENS} AND registration.person_id = %s AND material.id = %s)",
            [person.pk, material.pk],
        )
        (opens,) = cursor.fetchone()
    return bool(opens)


@dataclass(frozen=True)
class Due:
    registration: int
    session: int
    moment: datetime | None  # of what is for all who have a place
    moment_of_attended: datetime | None  # of what is for those who attended, if they did

    @property
    def occurrence(self) -> str:
        """For the letter's key. What is for those who attended stands last: DUE looks for it there."""
        parts = [str(int(self.moment.timestamp()))] if self.moment else []
        if self.moment_of_attended:
            parts.append(f"attended/{int(self.moment_of_attended.timestamp())}")
        return "/".join(parts)


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
    return ask(now)


def ask(now: datetime, *, session: int | None = None, registration: int | None = None) -> list[Due]:
    """What is due of all sessions and people, or of those that are named."""
    asked = {"now": now, "session": session, "registration": registration, "most": MOST_AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute(DUE, asked)
        return [Due(*row) for row in cursor.fetchall()]


@transaction.atomic
def write_one(due: Due, *, now: datetime) -> Letter | None:
    """Look again under the session's lock: meanwhile somebody may have cancelled, or staff taken it away, or noted who was
    there."""
    session: Session = lock.lock_session(due.session)
    still_due = ask(now, session=due.session, registration=due.registration)
    if not still_due:
        return None
    registration = Registration.objects.select_related("person").get(pk=due.registration)
    registration.session = session
    given = [shown for shown in materials_for(registration) if shown.opens]
    return letters.materials(registration, given=given, occurrence=still_due[0].occurrence, now=now)
