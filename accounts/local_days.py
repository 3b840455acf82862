"""On which side of a midnight of the host's clock a moment lies, asked in SQL by the station's own table of time zones.

PostgreSQL has a table of its own, older or newer, so it is not asked what day it is anywhere: it is handed the moment at
which that day begins in each zone.
"""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import DateField, DateTimeField, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from .zones import every_zone


class Midnights(NamedTuple):
    """When a day begins: first and last on earth, and by zone, as JSON."""

    first: datetime
    last: datetime
    by_zone: str


def midnight(day: date, zone: str) -> datetime:
    """The moment at which that day begins on the clocks of the zone. Raises KeyError for a zone that is none."""
    return datetime.combine(day, time.min, every_zone()[zone]).astimezone(UTC)


@lru_cache(maxsize=128)
def midnights(day: date) -> Midnights:
    """Where clocks are put forward over midnight, the day begins with that change."""
    moments = {name: midnight(day, name) for name in every_zone()}
    return Midnights(min(moments.values()), max(moments.values()), as_json(moments))


def begins(day: date, zone: Combinable, *, among: Collection[str] = ()) -> Func:
    """The moment at which that day begins in `zone`, an expression. Where it is known to be one of a few, name them: all of
    them make 30 kB of text."""
    if among:
        known = sorted(set(among) & every_zone().keys())
        return moment_for(as_json({name: midnight(day, name) for name in known}), zone)
    return moment_for(midnights(day).by_zone, zone)


def on_or_after(moment: Combinable, zone: Combinable, day: date) -> Q:
    """Whether the clocks of `zone` show that day or a later one at `moment`. Both are expressions."""
    # Most rows are far from any midnight of that day, and need not look for theirs.
    return Q(GreaterThanOrEqual(moment, at(midnights(day).last))) | (
        Q(GreaterThanOrEqual(moment, at(midnights(day).first)))
        & Q(GreaterThanOrEqual(moment, begins(day, zone)))
    )


def on_or_before(moment: Combinable, zone: Combinable, day: date) -> Q:
    after = day + timedelta(days=1)
    return Q(LessThan(moment, at(midnights(after).first))) | (
        Q(LessThan(moment, at(midnights(after).last))) & Q(LessThan(moment, begins(after, zone)))
    )


def day_of(moment: datetime, zone: Combinable) -> Func:
    """Which day the clocks of `zone` show at that moment, an expression. NULL for a zone that is none."""
    days = {name: moment.astimezone(clock).date().isoformat() for name, clock in every_zone().items()}
    return Func(
        Value(json.dumps(days)),
        zone,
        template="(%(expressions)s)::date",
        arg_joiner="::jsonb ->> ",
        output_field=DateField(),
    )


def at(moment: datetime) -> Value:
    return Value(moment, DateTimeField())


def as_json(moments: Mapping[Any, datetime]) -> str:
    """The moments for `moment_for`."""
    return json.dumps({str(key): moment.isoformat() for key, moment in moments.items()})


def moment_for(moments: str, key: Combinable) -> Func:
    """Of moments that Python worked out, the one of this row's key: an expression of text. NULL where it has none."""
    return Func(
        Value(moments),
        key,
        template="(%(expressions)s)::timestamptz",
        arg_joiner="::jsonb ->> ",
        output_field=DateTimeField(),
    )
