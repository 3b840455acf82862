"""The catalog's own statements, planned once in each connection: planning takes longer than PostgreSQL's answer.

Django writes the values into the text of a statement, which is then another one each time; here they travel beside it.
The plan is made without knowing them (settings: `plan_cache_mode`). So only what has one good plan for all values is asked
here; what is filtered is not: whether half of all is sought or next to nothing makes another plan the best.

Behind a pool of connections, where the next transaction runs in another server process, nothing is prepared: a plan would be
missing there, or be another statement's.
"""

from typing import Any

import psycopg
from django.db import connection

type Row = tuple[Any, ...]


class PreparedCursor(psycopg.Cursor):
    def execute(self, query: Any, params: Any = None, **options: Any) -> "PreparedCursor":
        return super().execute(query, params, **options, prepare=True)


def fetch(statement: str, parameters: Any) -> list[Row]:
    rows: list[Row]
    with connection.cursor() as cursor:
        if connection.pooled:  # type: ignore[attr-defined]  # of our own backend; known once there is a cursor
            cursor.execute(statement, parameters)
            rows = cursor.fetchall()
            return rows
        with PreparedCursor(connection.connection) as prepared:
            # Within Django's wrapper, which translates errors and tells those who count queries.
            cursor.cursor = prepared
            cursor.execute(statement, parameters)
            rows = cursor.fetchall()
            return rows
