"""How it is counted what happened: in sessions that were held, and of people who were there.

The rooms above are reached by the names of relations, as everywhere here. The attendance of a meeting was *taken* when its
list is closed as complete; a session is *recorded* when that is so of one of its meetings. Whoever was present at such a
meeting attended, whatever became of the registration. A held session that is not recorded has people registered, and nobody
knows how many came: they are counted apart, never among those who attended.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Extract, Least

from accounts.local_days import at, begins, midnight, midnights

from .models import Host

Activity: type[Model] = Host.activities.rel.related_model
ONE_DAY = timedelta(days=1)
# A list that nobody closed for so long after its meeting is late, and the meeting stands as not recorded.
TO_CLOSE = timedelta(days=7)
A_MINUTE = Value(timedelta(minutes=1), DurationField())

# From a session, by the name of the way to it, to what is asked of it.
type Asked = Callable[[str], Q]


def related_model(name: str, of: type[Model] = Activity) -> type[Model]:
    """What a relation of a room above leads to."""
    model: type[Model] = getattr(of, name).rel.related_model
    return model


Session = related_model("sessions")
Meeting = related_model("meetings", of=Session)
Registration = related_model("registrations", of=Session)
Attendance = related_model("attendance", of=Meeting)
Guest = related_model("guests", of=Meeting)
Certificate = related_model("certificates", of=Registration)


def public(prefix: str = "") -> dict[str, bool]:
    return {f"{prefix}published_at__isnull": False, f"{prefix}withdrawn_at__isnull": True}


# Which sessions


def of_host(host: OuterRef | Host) -> Asked:
    """What the public may see of this host, not called off."""
    return lambda way: Q(
        **{f"{way}activity__host": host, f"{way}cancelled_at": None}, **public(f"{way}activity__")
    )


def of_anybody(way: str) -> Q:
    return Q(**{f"{way}cancelled_at": None}, **public(f"{way}activity__"))


def over_between(begins: Any, ends: Any, now: datetime) -> Asked:
    """Those that ended between two moments: a session counts where it ends."""
    return lambda way: Q(
        **{f"{way}ends_at__gt": begins, f"{way}ends_at__lte": Least(ends, Value(now, DateTimeField()))}
    )


@dataclass(frozen=True)
class Days:
    """From one day to another, both included, on the clock of `zone`: an expression; None for the host's, and for the
    session's own where there is no host."""

    first: date
    last: date
    zone: Combinable | None = None
    among: frozenset[str] = frozenset()  # which zones that can be, where it is known

    def over(self, now: datetime) -> Asked:
        """Sessions that ended in these days, and by now."""
        return lambda way: (
            Q(**{f"{way}ends_at__lte": now}) & self.ended_since(way) & self.until(way, "ends_at")
        )

    def touched(self) -> Asked:
        """Those that began, went on or ended in these days."""
        return lambda way: self.ended_since(way) & self.until(way, "starts_at")

    def ended_since(self, way: str) -> Q:
        """Most rows are far from any midnight of that day, and need not look for theirs: that is dear."""
        field, day = f"{way}ends_at", self.first
        near = Q(**{f"{field}__gt": midnights(day).first})
        exactly = self.on_the_clock(
            way, lambda zone: Q(**{f"{field}__gt": begins(day, zone, among=self.among)})
        )
        return Q(**{f"{field}__gt": midnights(day).last}) | near & exactly

    def until(self, way: str, name: str) -> Q:
        field, day = f"{way}{name}", self.last + ONE_DAY
        how = "lte" if name == "ends_at" else "lt"
        near = Q(**{f"{field}__{how}": midnights(day).last})
        exactly = self.on_the_clock(
            way, lambda zone: Q(**{f"{field}__{how}": begins(day, zone, among=self.among)})
        )
        return Q(**{f"{field}__{how}": midnights(day).first}) | near & exactly

    def on_the_clock(self, way: str, asked: Callable[[Combinable], Q]) -> Q:
        """Of each session's own clock it is asked in two halves: a name for both (COALESCE) would leave out, by its join,
        what has no host."""
        if self.zone is not None:
            return asked(self.zone)
        host = f"{way}activity__host"
        return (Q(**{f"{host}__isnull": False}) & asked(F(f"{host}__timezone"))) | (
            Q(**{host: None}) & asked(F(f"{way}timezone"))
        )


def both(one: Asked, other: Asked) -> Asked:
    return lambda way: one(way) & other(way)


# What is counted of them


@dataclass(frozen=True)
class Part:
    """Rows, the way from one of them to its host, and what is counted of them together."""

    rows: QuerySet[Any]
    host: str
    numbers: dict[str, Expression]


def parts_of(asked: Asked, held: Asked) -> dict[str, Part]:
    """Of the sessions `asked`, and those among them that were `held`."""
    both_asked = both(asked, held)
    sessions = Session._default_manager.filter(asked(""))
    is_held = held("")
    return {
        "sessions": Part(
            sessions,
            "activity__host",
            {
                "published": Count("activity", distinct=True),
                "activities": Count("activity", distinct=True, filter=is_held),
                "sessions": Count("pk", filter=is_held),
                "recorded": Count("pk", filter=is_held & is_recorded()),
            },
        ),
        "people": people_part(both_asked),
        "time": Part(
            sessions.filter(is_held),
            "activity__host",
            {"seconds": seconds(Sum(time("meetings__ends_at", "meetings__starts_at")))},
        ),
        "time_attended": Part(
            Attendance._default_manager.filter(
                both_asked("meeting__session__"), **taken("meeting__"), **PRESENT
            ),
            "meeting__session__activity__host",
            {"seconds": seconds(Sum(TIME_THERE))},
        ),
        "guests": Part(
            Guest._default_manager.filter(
                both_asked("meeting__session__"), **taken("meeting__"), registration=None
            ),
            "meeting__session__activity__host",
            {"number": Count("pk")},
        ),
        # Those that stand; of who was erased, too.
        "certificates": Part(
            standing_certificates().filter(NOT_TWICE, both_asked("registration__session__")),
            "registration__session__activity__host",
            {"number": Count("pk")},
        ),
    }


def standing_certificates() -> QuerySet[Any]:
    rows: QuerySet[Any] = Certificate._default_manager.filter(withdrawn_at=None, replaced_at=None)
    return rows


# But for the second of a kind that a person has for one session by an account that was merged into theirs.
NOT_TWICE = Q(registration__person__merged_into=None) | ~Exists(
    standing_certificates().filter(
        kind=OuterRef("kind"),
        registration__session=OuterRef("registration__session"),
        registration__person=OuterRef("registration__person__merged_into"),
    )
)


def people_part(held: Asked) -> Part:
    registrations = Registration._default_manager.filter(held("session__"))
    return Part(people_of(registrations), "session__activity__host", people_numbers())


def taken(prefix: str = "") -> dict[str, object]:
    """Of a meeting: its attendance was taken."""
    return {f"{prefix}closings__opened_at": None, f"{prefix}closings__taken": True}


def is_recorded(session: str = "pk") -> Q:
    meetings = Meeting._default_manager.filter(**taken()).order_by()
    return Q(**{f"{session}__in": meetings.values("session")})


PRESENT = {"counts": True, "state": "present"}


def time(ends: str, starts: str) -> Expression:
    return ExpressionWrapper(F(ends) - F(starts), output_field=DurationField())


def seconds(duration: Expression) -> Expression:
    return Cast(Extract(duration, "epoch"), IntegerField())


# Of who was there: as measured; the whole meeting where nobody measured, which is not the same as no time at all.
TIME_THERE = Coalesce(
    ExpressionWrapper(F("minutes") * A_MINUTE, output_field=DurationField()),
    time("meeting__ends_at", "meeting__starts_at"),
)

# Of a registration read by `people_of`.
ATTENDED = Q(list_closed__isnull=False)


def people_of(registrations: QuerySet[Any]) -> QuerySet[Any]:
    """Registrations of held sessions, each with how its person is counted: `ATTENDED`, or by the registration. One that
    attended several meetings is there several times: count distinct."""
    rows: QuerySet[Any] = registrations.alias(
        there=FilteredRelation(
            "attendance", condition=Q(attendance__counts=True, attendance__state="present")
        ),
        list_closed=FilteredRelation(
            "there__meeting__closings",
            condition=Q(there__meeting__closings__opened_at=None, there__meeting__closings__taken=True),
        ),
    )
    return rows


def registered_alone() -> Q:
    """Of whom no more is known: a place in a session that is not recorded."""
    return Q(state="confirmed") & ~is_recorded("session")


def before_attendance() -> Q:
    return registered_alone() & Q(session__ends_at__lt=at(since()))


def since() -> datetime:
    """Sessions that ended before this could have no attendance taken here."""
    return midnight(settings.ATTENDANCE_SINCE, "UTC")


def distinct(field: str, which: Q) -> Count:
    return Count(field, distinct=True, filter=which)


def people_numbers() -> dict[str, Expression]:
    """Each counts what the one before it does, and more: so everybody is counted once, where most is known of them."""
    return {
        "attended": distinct("person", ATTENDED),
        "with_those_before": distinct("person", ATTENDED | before_attendance()),
        "with_those_registered": distinct("person", ATTENDED | registered_alone()),
        "countries": distinct("person__country", ATTENDED & HAS_COUNTRY),
        "countries_with_registered": distinct(
            "person__country", (ATTENDED | registered_alone()) & HAS_COUNTRY
        ),
    }


HAS_COUNTRY = ~Q(person__country="")
