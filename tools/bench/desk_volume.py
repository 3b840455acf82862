"""A desk with much behind it, within a minute: what a small station holds, again and again, copied in the database.

A quarter of all is to come. What is over has its lists closed, and one activity in fifty is a draft. All rows of one copy
lead to each other: their numbers are those of the first plus as many times STEP.
"""

# ruff: noqa: S608 - statements are put together from names of ours

from typing import Any

from django.db import connection

# Far above any number that the small station has.
STEP = 100_000

# By table: what is otherwise in copy `k`. All other columns are as they were; numbers that lead to copied rows follow.
TABLES: dict[str, dict[str, str]] = {
    "catalog_activity": {
        "slug": "slug || '-' || k",
        **{f"title_{code}": f"title_{code} || ' ' || k" for code in ("en", "fr", "es")},
    },
    "catalog_activity_topics": {},
    "catalog_session": {"uid": "gen_random_uuid()"},
    "catalog_meeting": {},
    "accounts_user": {"email": "k || '.' || email", "name": "name || ' ' || k", "calendar_secret": "NULL"},
    "registrations_registration": {
        "code": "upper(substr(md5(code || k), 1, 12))",
        "registered_at": "registered_at - k * interval '1 minute'",
        "queued_at": "queued_at - k * interval '1 minute'",
    },
    "attendance_closing": {},
    "outbox_letter": {
        "key": "key || ' ' || k",
        "message_id": "k || '.' || message_id",
        "about": "'registration ' || (split_part(about, ' ', 2)::bigint + k * {step})",
        "to": "k || '.' || \"to\"",
        "written_at": "written_at - k * interval '1 minute'",
    },
}
# Of these tables not everything.
COPIED = {
    "accounts_user": "WHERE email LIKE '%%@sample.%%'",
    "outbox_letter": "WHERE about LIKE 'registration %%'",
}
# Columns that lead to copied rows.
LEADS = {
    ("catalog_activity_topics", "activity_id"),
    ("catalog_session", "activity_id"),
    ("catalog_meeting", "session_id"),
    ("registrations_registration", "session_id"),
    ("registrations_registration", "person_id"),
    ("attendance_closing", "meeting_id"),
    ("outbox_letter", "person_id"),
}


def make_small(size: int) -> None:
    """So many sessions, each with a registration and its letter."""
    from demo.volume import make_volume

    make_volume(sessions=size, registrations=size)
    with connection.cursor() as cursor:
        cursor.execute(OVER)
        cursor.execute(DRAFTS)
        cursor.execute(CLOSED)
        cursor.execute(LETTERS)
    renew()


def multiply(times: int) -> None:
    """So many times as much as there is."""
    with connection.cursor() as cursor:
        for table, otherwise in TABLES.items():
            columns = columns_of(cursor, table)
            values = ", ".join(value(table, column, otherwise) for column in columns)
            named = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(
                f"INSERT INTO {table} ({named}) SELECT {values}"
                f" FROM {table}, generate_series(1, %s) AS k {COPIED.get(table, '')} ORDER BY k, {table}.id",
                [times - 1],
            )
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table}", [table])
    renew()


def columns_of(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def value(table: str, column: str, otherwise: dict[str, str]) -> str:
    if column == "id" or (table, column) in LEADS:
        return f'{table}."{column}" + k * {STEP}'
    return otherwise.get(column, f'{table}."{column}"').format(step=STEP)


def renew() -> None:
    """As PostgreSQL does by itself within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


OVER = """
WITH over AS (
    UPDATE catalog_session
    SET starts_at = starts_at - interval '400 days', ends_at = ends_at - interval '400 days',
        registration_opens_at = registration_opens_at - interval '400 days', promised = '{}'
    WHERE activity_id % 4 <> 0 RETURNING id
), activities AS (
    UPDATE catalog_activity SET ends_at = ends_at - interval '400 days' WHERE id % 4 <> 0
)
UPDATE catalog_meeting
SET starts_at = starts_at - interval '400 days', ends_at = ends_at - interval '400 days', promised = '{}'
WHERE session_id IN (SELECT id FROM over)
"""
DRAFTS = "UPDATE catalog_activity SET published_at = NULL WHERE id % 50 = 0"
CLOSED = """
INSERT INTO attendance_closing (meeting_id, closed_at, closed_by_id, taken, why_opened)
SELECT id, ends_at, NULL, true, '' FROM catalog_meeting WHERE ends_at < now()
"""
LETTERS = """
INSERT INTO outbox_letter
    (key, kind, about, person_id, "to", language, from_name, reply_to, subject, text, html, calendar, calendar_method,
     headers, secret, message_id, state, written_at, next_try_at, claimed_by, attempts, last_error, held_by_server, sent_at)
SELECT 'registered ' || registration.id, 'registered', 'registration ' || registration.id, person.id, person.email, 'en',
    '', '', 'You have a place: ' || activity.title_en, repeat('What the letter says. ', 60),
    repeat('<p>What the letter says.</p>', 120), '', '', '{}', false, '<' || registration.code || '@example.org>',
    CASE WHEN registration.id % 100 = 0 THEN 'failed' ELSE 'sent' END,
    registration.registered_at, registration.registered_at, '', 1, '', false, registration.registered_at
FROM registrations_registration registration
JOIN accounts_user person ON person.id = registration.person_id
JOIN catalog_session session ON session.id = registration.session_id
JOIN catalog_activity activity ON activity.id = session.activity_id
"""
