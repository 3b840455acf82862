"""How long PostgreSQL may keep each kind of work waiting, and how long it may be kept waiting by us. All in seconds.

Whoever looks at a page gets an answer within five, be it that the station is not well. What nobody looks at may take
longer, and a migration as long as it must; but it does not stand in line for a table for long, since
everybody else stands behind it.
"""

import sys
from dataclasses import dataclass
from typing import Any, TypedDict

import dj_database_url

from learning_station.work import Kind


@dataclass(frozen=True)
class Limits:
    """0 is no limit. The first and the last are ours; PostgreSQL keeps the others."""

    connect: int  # at least 2, for libpq
    statement: float
    lock: float
    idle_in_transaction: float  # after which a process of ours that hangs lets go of what it holds
    answer: float  # we hang up: nothing came, not even the news that PostgreSQL ended the statement

    def of_postgresql(self) -> dict[str, str]:
        """By the names of its settings, in milliseconds."""
        timeouts = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle_in_transaction,
        }
        return {name: str(round(seconds * 1000)) for name, seconds in timeouts.items()}


LIMITS: dict[Kind, Limits] = {
    "web": Limits(connect=2, statement=4, lock=3, idle_in_transaction=60, answer=4.5),
    "worker": Limits(connect=5, statement=60, lock=15, idle_in_transaction=120, answer=65),
    "migrations": Limits(connect=10, statement=0, lock=10, idle_in_transaction=0, answer=0),
    "command": Limits(connect=10, statement=0, lock=60, idle_in_transaction=600, answer=0),
}
# A connection that was well a while ago is asked before it is used again.
ANSWER_IF_STILL_THERE = 2.0
# Only the catalog prepares statements (catalog/listing/prepared.py), and only those for which one plan is always good.
PLANS = {"plan_cache_mode": "force_generic_plan"}
# A machine that is gone says nothing. The kernel notices in half a minute, and where it can, at once for what we sent.
KEEPALIVES = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
UNHEARD_MILLISECONDS = 10_000


class Station(TypedDict):
    """What base.py is told."""

    limits: Limits
    pooled: bool
    breaks: bool  # while PostgreSQL hangs, answer at once that it does


def database(url: str, *, kind: Kind, pooled: bool) -> dict[str, Any]:
    """Django's DATABASES entry. `pooled`: behind a pool that gives out connections by the transaction, as PgBouncer does.

    Such a pool knows none of what is set when a connection begins, so it is set in each transaction then (base.py). What the
    URL itself asks for (`?connect_timeout=…`, `?options=…`) is stronger.
    """
    limits = LIMITS[kind]
    parsed = dj_database_url.parse(
        url, engine="learning_station.postgresql", conn_max_age=60, conn_health_checks=True
    )
    asked = dict(parsed.get("OPTIONS") or {})
    options: dict[str, object] = {
        "connect_timeout": limits.connect,
        **KEEPALIVES,
        "tcp_user_timeout": UNHEARD_MILLISECONDS,
        **asked,
    }
    if not pooled:
        options["prepare_threshold"] = sys.maxsize  # nothing is prepared for being asked often
        ours = " ".join(f"-c {name}={value}" for name, value in {**PLANS, **limits.of_postgresql()}.items())
        options["options"] = f"{ours} {asked['options']}" if "options" in asked else ours
    station: Station = {"limits": limits, "pooled": pooled, "breaks": kind == "web"}
    return {**parsed, "OPTIONS": options, "STATION": station}
