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
from django.db.models import BooleanField, Case, IntegerField, Model, Q, QuerySet, Value, When

from accounts.models import User
from accounts.regions import Region

from ..models import Activity, Session
from .questions import Question
from .statements import Statement, answer, remembered


@dataclass(frozen=True)
class Counts:
    total: int = 0
    elsewhere: int = 0  # answers of the other half: what is past, when what is upcoming was asked for
    of: dict[str, dict[str, int]] = field(default_factory=dict)  # filter, value: how many would remain
    without: dict[str, int] = field(default_factory=dict)  # filter: how many there were without it


def count(question: Question) -> Counts:
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    # What is open to a person is composed for each.
    statement = counting(question) if question.person else remembered(question, counting, "counts")
    for name, value, number in answer(question, statement):
        numbers[name][value] = number
    return Counts(
        total=numbers.pop("total")[""],
        elsewhere=numbers.pop("elsewhere")[""],
        without=numbers.pop("without", {}),
        of=name_by_address(question, numbers),
    )


def name_by_address(question: Question, numbers: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Topics and hosts are counted by their ids and asked for by their slugs."""
    for name, rows in (("topic", question.options.topics), ("host", question.options.hosts)):
        slugs = {str(row.id): row.slug for row in rows}
        numbers[name] = {slugs[key]: number for key, number in numbers[name].items() if key in slugs}
    return dict(numbers)


def counting(question: Question) -> Statement:
    filters = question.filters.filters
    bits = {name: filter_.bit for name, filter_ in filters.items()}
    rows, of_rows = past_rows(question) if question.past else upcoming_rows(question)
    elsewhere, of_elsewhere = compiled(rows_elsewhere(question))
    # Sessions of one activity may miss different filters: it has several rows then, and must be known until the end.
    several = not question.past and any(filters[name].of_session for name in question.asked)
    number = "count(DISTINCT id)" if several else "coalesce(sum(n), 0)::int"

    def remaining(name: str) -> str:
        return f"missed & {~bits[name]} = 0" if question.asked else "true"

    parts = [
        f"SELECT 'total', '', {number} FROM r WHERE missed = 0",
        f"SELECT 'elsewhere', '', count(*) FROM ({elsewhere}) e",
        *(f"SELECT 'without', '{name}', {number} FROM r WHERE {remaining(name)}" for name in question.asked),
        *(
            f"SELECT '{name}', value, {number} FROM r, LATERAL ({values}) one (value) WHERE {remaining(name)} GROUP BY 2"
            for name, values in VALUES.items()
        ),
        *(
            f"SELECT '{name}', '{value}', {number} FROM r WHERE {remaining(name)} AND {name}"
            for name, value in TICKED.items()
            if name in filters
        ),
    ]
    # Thousands of activities are alike in all that is counted: each kind is unfolded once.
    kinds = "SELECT *" if several else f"SELECT {ALIKE}, count(*) AS n"
    statement = f"""
        WITH r AS MATERIALIZED (
            {kinds} FROM ({rows}) every LEFT JOIN ({TOPICS}) t ON t.activity_id = every.id
            WHERE missed & (missed - 1) = 0 {"" if several else f"GROUP BY {ALIKE}"}
        )
        {" UNION ALL ".join(parts)}
    """
    return statement, of_rows + of_elsewhere


TOPICS = "SELECT activity_id, array_agg(topic_id) AS topics FROM catalog_activity_topics GROUP BY activity_id"

# The filters about sessions that are asked with yes or not at all.
TICKED = {"places": "left", "registration": "open", "mine": "open"}

# What is counted of an activity.
ALIKE = f"format, host_id, topics, languages, interpretation, audiences, regions, missed, {', '.join(TICKED)}"


def everyone_when_empty(column: str, values: list[str]) -> str:
    everyone = ", ".join(f"'{value}'" for value in values)
    return f"SELECT unnest(CASE WHEN {column} = '{{}}' THEN ARRAY[{everyone}]::varchar[] ELSE {column} END)"


# For each filter, its values in one row.
VALUES = {
    "format": "SELECT format",
    "topic": "SELECT unnest(topics)::text",
    "host": "SELECT host_id::text",
    "language": "SELECT DISTINCT unnest(languages || interpretation)",
    "audience": everyone_when_empty("audiences", User.Profile.values),
    "region": everyone_when_empty("regions", Region.values),
}


def past_rows(question: Question) -> Statement:
    activities, parameters = compiled(activity_rows(question))
    none = ", ".join(f"false AS {name}" for name in TICKED)
    return f"SELECT a.*, {none} FROM ({activities}) a", parameters


def upcoming_rows(question: Question) -> Statement:
    activities, of_activities = compiled(activity_rows(question))
    sessions, of_sessions = compiled(session_rows(question))
    rows = f"""
        SELECT a.id, a.format, a.host_id, a.languages, a.interpretation, a.audiences, a.regions,
            a.missed | s.missed AS missed, {", ".join(f"s.{name}" for name in TICKED)}
        FROM ({activities}) a JOIN ({sessions}) s ON s.activity_id = a.id"""
    return rows, of_activities + of_sessions


def activity_rows(question: Question) -> QuerySet[Activity, object]:
    """Every published activity that has the words, and which of the filters about activities it misses."""
    rows = question.public_activities()
    if question.past:
        rows = rows.past(question.now)
    return rows.annotate(missed=missed(question, Activity)).values(
        "id", "format", "host_id", "languages", "interpretation", "audiences", "regions", "missed"
    )


def session_rows(question: Question) -> QuerySet[Session, object]:
    """For each activity what its upcoming sessions miss, and for each of TICKED whether one of them meets it."""
    filters = question.filters.filters
    met = {name: filters[name].condition(value) for name, value in TICKED.items() if name in filters}
    return (
        Session._base_manager.filter(ends_at__gt=question.now)
        .annotate(missed=missed(question, Session))
        .values("activity_id", "missed")
        .annotate(
            **{
                name: BoolOr(holds(met[name])) if name in met else Value(False, BooleanField())
                for name in TICKED
            }
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


def rows_elsewhere(question: Question) -> QuerySet[Model, object]:
    other_half = question.in_the_other_half()
    if other_half.past:
        return other_half.past_activities().values("id")
    return other_half.sessions().order_by().values("activity_id").distinct()


def compiled(rows: QuerySet[Model, object]) -> Statement:
    return rows.order_by().query.sql_with_params()
