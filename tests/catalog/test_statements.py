"""What is asked again and again is put together once and planned once, and still answers for its own moment and person."""

from datetime import timedelta

import pytest
from django.db import connection

from catalog.models import Session
from tests import cast

from .asking import counts, titles

pytestmark = pytest.mark.django_db


def plans() -> dict[str, tuple[int, int]]:
    """How often each prepared statement was answered by its one plan, and how often by a plan of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements")
        return {statement: (once, anew) for statement, once, anew in cursor.fetchall()}


def planned_once(asked: str) -> int:
    """How many statements the list and the counts of this question have prepared, all answered by their one plan."""
    before = plans()
    for _ in range(3):
        counts(asked)
        titles(asked)
    made = {
        statement: (once - before.get(statement, (0, 0))[0], anew - before.get(statement, (0, 0))[1])
        for statement, (once, anew) in plans().items()
    }
    return sum(how == (3, 0) for how in made.values())


def test_the_list_and_the_counts_are_planned_once_in_a_connection():
    cast.session(cast.activity("Water"))
    assert planned_once("") == 2


def test_what_is_filtered_is_planned_for_the_values_that_are_asked():
    cast.session(cast.activity("Water"))
    assert planned_once("format=webinar&language=en") == 0


def test_a_remembered_statement_is_asked_for_the_moment_of_asking():
    session = cast.session(cast.activity("Water"))
    assert (titles(), counts().total) == (["Water"], 1)
    later = session.ends_at + timedelta(minutes=1)
    assert (titles(now=later), counts(now=later).total) == ([], 0)
    assert (titles(), counts().total) == (["Water"], 1)


def test_what_is_open_to_one_person_is_not_remembered_for_another():
    cast.session(cast.activity("For members"), eligibility=Session.Eligibility.MEMBERS_ONLY)
    member, stranger = cast.person(), cast.person("Bo Larsen", member=False)
    open_to = [counts(person=person).of["mine"]["open"] for person in (member, stranger, member)]
    assert open_to == [1, 0, 1]
