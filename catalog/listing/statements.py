"""What is asked of PostgreSQL, remembered: putting a statement together takes longer than PostgreSQL's answer."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from . import prepared
from .questions import Question

type Statement = tuple[str, tuple[Any, ...]]

# Stands in remembered statements for the moment of asking.
ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
MOST_STATEMENTS = 500
STATEMENTS: dict[tuple[object, ...], Statement] = {}


def remembered(question: Question, compose: Callable[[Question], Statement], *name: object) -> Statement:
    """The statement for any moment. `name` tells apart what is asked with questions of the same shape."""
    shape = question.shape()
    if shape is None:
        return compose(question)
    key = (*name, *shape)
    if key not in STATEMENTS:
        if len(STATEMENTS) >= MOST_STATEMENTS:
            STATEMENTS.clear()
        STATEMENTS[key] = compose(question.at(ANY_MOMENT))
    return STATEMENTS[key]


def answer(question: Question, statement: Statement) -> list[prepared.Row]:
    """The rows that answer the question now."""
    sql, for_any_moment = statement
    parameters = [question.now if parameter == ANY_MOMENT else parameter for parameter in for_any_moment]
    if not question.asked:
        return prepared.fetch(sql, parameters)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[prepared.Row] = cursor.fetchall()
        return rows
