"""How many activities each filter would leave, all counted in one statement.

Beside a filter's values stands what would remain if that value were chosen and every other filter stayed as it is. So
each row carries the bits of the filters it does not meet: a row without bits is part of the answer, a row with one bit
counts for that filter alone, and what misses two counts for none.
"""

# ruff: noqa: S608 - statements are put together from names of ours; what people ask travels as parameters

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection
from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, Value, When

from accounts.models import User
from accounts.regions import Region

from .models import Activity, Session
from .questions import Question


@dataclass(frozen=True)
class Counts:
    total: int = 0
    elsewhere: int = 0  # answers of the other half: what is past, when what is upcoming was asked for
    of: dict[str, dict[str, int]] = field(default_factory=dict)  # filter, value: how many would remain
    without: dict[str, int] = field(default_factory=dict)  # filter: how many there were without it


def count(question: Question) -> Counts:
    statement, parameters = counting(question)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for name, value, number in cursor.fetchall():
            found[name][value] = number
    return Counts(
        total=found.pop("total")[""],
        elsewhere=found.pop("elsewhere")[""],
        without=found.pop("without", {}),
        of=name_by_address(question, found),
    )


def name_by_address(question: Question, found: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Topics and hosts are counted by their ids and asked for by their slugs."""
    for name, rows in (("topic", question.options.topics), ("host", question.options.hosts)):
        slugs = {str(row.id): row.slug for row in rows}
        found[name] = {slugs[key]: number for key, number in found[name].items() if key in slugs}
    return dict(found)


def counting(question: Question) -> tuple[str, tuple]:
    """The statement and its parameters."""
    filters = question.filters.filters
    bits = {name: filter_.bit for name, filter_ in filters.items()}
    activities, of_activities = compiled(activity_rows(question))
    elsewhere, of_elsewhere = compiled(rows_elsewhere(question))
    if question.past:
        rows = f"SELECT a.*, false AS places, false AS mine FROM ({activities}) a"
        parameters = of_activities
        several = False
    else:
        sessions, of_sessions = compiled(session_rows(question))
        rows = f"""
            SELECT a.id, a.format, a.host_id, a.languages, a.interpretation, a.audiences, a.regions,
                a.missed | s.missed AS missed, s.places, s.mine
            FROM ({activities}) a JOIN ({sessions}) s ON s.activity_id = a.id"""
        parameters = of_activities + of_sessions
        # Sessions of one activity may miss different filters, and then it has several rows.
        several = any(name in question.asked and filters[name].of_session for name in filters)
    each, all_alike = ("count(DISTINCT id)", "count(DISTINCT id)") if several else ("count(*)", "sum(n)::int")

    def remaining(name: str) -> str:
        return f"missed & {~bits[name]} = 0"

    parts = [
        f"SELECT 'total', '', coalesce({all_alike}, 0) FROM r WHERE missed = 0",
        f"SELECT 'elsewhere', '', count(*) FROM ({elsewhere}) e",
        f"SELECT 'topic', value, {each} FROM {TOPICS} WHERE {remaining('topic')} GROUP BY 2",
        *(
            f"SELECT 'without', '{name}', coalesce({all_alike}, 0) FROM r WHERE {remaining(name)}"
            for name in question.asked
        ),
        *(
            f"SELECT '{name}', value, {all_alike} FROM {source} WHERE {remaining(name)} GROUP BY 2"
            for name, source in SOURCES.items()
        ),
        *(
            f"SELECT '{name}', '{value}', coalesce({all_alike}, 0) FROM r WHERE {remaining(name)} AND {name}"
            for name, value in (("places", "left"), ("mine", "open"))
            if name in filters
        ),
    ]
    # Thousands of activities are alike in all that is counted: what is unfolded by language, audience and region is each
    # kind once. Not where an activity has several rows: who they belong to must be known until the end.
    kinds = "SELECT * FROM one" if several else f"SELECT {ALIKE}, count(*) AS n FROM one GROUP BY {ALIKE}"
    statement = f"""
        WITH one AS MATERIALIZED (SELECT * FROM ({rows}) every WHERE missed & (missed - 1) = 0),
            r AS MATERIALIZED ({kinds})
        {" UNION ALL ".join(parts)}
    """
    return statement, parameters + of_elsewhere


# What is counted of an activity, but for its topics.
ALIKE = "format, host_id, languages, interpretation, audiences, regions, missed, places, mine"


def everyone_when_empty(column: str, values: list[str]) -> str:
    everyone = ", ".join(f"'{value}'" for value in values)
    return f"unnest(CASE WHEN {column} = '{{}}' THEN ARRAY[{everyone}]::varchar[] ELSE {column} END)"


TOPICS = (
    "(SELECT one.*, link.topic_id::text AS value FROM one "
    "JOIN catalog_activity_topics link ON link.activity_id = one.id) one"
)

# The rows, once for each value of a filter.
SOURCES = {
    "format": "(SELECT *, format AS value FROM r) r",
    "host": "(SELECT *, host_id::text AS value FROM r) r",
    "language": "r, LATERAL (SELECT DISTINCT unnest(languages || interpretation)) spoken (value)",
    "audience": f"r, {everyone_when_empty('audiences', User.Profile.values)} AS value",
    "region": f"r, {everyone_when_empty('regions', Region.values)} AS value",
}


def activity_rows(question: Question) -> QuerySet:
    """Every published activity that has the words, and which of the filters about activities it misses."""
    rows = question.public_activities()
    if question.past:
        rows = rows.past(question.now)
    return rows.annotate(missed=missed(question, Activity)).values(
        "id", "format", "host_id", "languages", "interpretation", "audiences", "regions", "missed"
    )


def session_rows(question: Question) -> QuerySet:
    """For each activity what its upcoming sessions miss, and whether one has places or is open to the person."""
    filters = question.filters.filters
    places = filters["places"].condition("left")
    mine = filters["mine"].condition("open") if "mine" in filters else None
    return (
        Session._base_manager.filter(ends_at__gt=question.now)
        .annotate(missed=missed(question, Session))
        .values("activity_id", "missed")
        .annotate(
            places=BoolOr(holds(places)),
            mine=BoolOr(holds(mine)) if mine else Value(False, BooleanField()),
        )
    )


def holds(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False)


def missed(question: Question, model: type) -> Any:
    """The bits of the filters that a row of this model does not meet."""
    bits: Any = Value(0)
    for name, value in question.asked.items():
        filter_ = question.filters.filters[name]
        if question.past or filter_.of_session == (model is Session):
            condition = filter_.on(model, value)
            bits = bits + Case(When(condition, then=0), default=filter_.bit, output_field=IntegerField())
    return bits


def rows_elsewhere(question: Question) -> QuerySet:
    other = question.in_the_other_half()
    if other.past:
        return other.past_activities().values("id")
    return other.sessions().order_by().values("activity_id").distinct()


def compiled(rows: QuerySet) -> tuple[str, tuple]:
    return rows.order_by().query.sql_with_params()
