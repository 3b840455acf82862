"""On which side of a midnight of the host's clock a moment lies, asked in SQL by the station's own table of time zones.

PostgreSQL has a table of its own, older or newer, so it is not asked what day it is anywhere: it is handed the moment at
which that day begins in each zone.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import DateTimeField, Func, Q, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from accounts.zones import every_zone


class Midnights(NamedTuple):
    """When a day begins: first and last on earth, and by zone, as JSON."""

    first: datetime
    last: datetime
    by_zone: str


@lru_cache(maxsize=128)
def midnights(day: date) -> Midnights:
    """Where clocks are put forward over midnight, the day begins with that change."""
    begins = {
        name: datetime.combine(day, time.min, zone).astimezone(UTC) for name, zone in every_zone().items()
    }
    told = json.dumps({name: at.isoformat() for name, at in begins.items()})
    return Midnights(min(begins.values()), max(begins.values()), told)


def on_or_after(moment: Any, zone: Any, day: date) -> Q:
    """Whether the clocks of `zone` show that day or a later one at `moment`. Both are expressions."""
    begins = midnights(day)
    # Most rows are far from any midnight of that day, and need not look for theirs.
    return Q(GreaterThanOrEqual(moment, at(begins.last))) | (
        Q(GreaterThanOrEqual(moment, at(begins.first))) & Q(GreaterThanOrEqual(moment, there(begins, zone)))
    )


def on_or_before(moment: Any, zone: Any, day: date) -> Q:
    begins = midnights(day + timedelta(days=1))
    return Q(LessThan(moment, at(begins.first))) | (
        Q(LessThan(moment, at(begins.last))) & Q(LessThan(moment, there(begins, zone)))
    )


def at(moment: datetime) -> Value:
    return Value(moment, DateTimeField())


def there(begins: Midnights, zone: Any) -> Func:
    return Func(
        Value(begins.by_zone),
        zone,
        template="(%(expressions)s)::timestamptz",
        arg_joiner="::jsonb ->> ",
        output_field=DateTimeField(),
    )
