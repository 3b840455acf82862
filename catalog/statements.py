"""What is asked of PostgreSQL, remembered: putting a statement together takes longer than PostgreSQL's answer."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from .prepared import fetch
from .questions import Question

type Statement = tuple[str, tuple[Any, ...]]

# Stands in remembered statements for the moment of asking.
ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
MOST_STATEMENTS = 500
STATEMENTS: dict[tuple, Statement] = {}


def answer(question: Question, compose: Callable[[Question], Statement], *name: Any) -> list[tuple[Any, ...]]:
    """The rows that answer the question. `name` tells apart what is asked with questions of the same shape."""
    statement, parameters = statement_for(question, compose, name)
    return fetch(statement, [question.now if one == ANY_MOMENT else one for one in parameters])


def statement_for(question: Question, compose: Callable[[Question], Statement], name: tuple) -> Statement:
    shape = question.shape()
    if shape is None:
        return compose(question)
    key = (*name, *shape)
    if key not in STATEMENTS:
        if len(STATEMENTS) >= MOST_STATEMENTS:
            STATEMENTS.clear()
        STATEMENTS[key] = compose(question.at(ANY_MOMENT))
    return STATEMENTS[key]
