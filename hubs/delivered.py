"""What hosts delivered, counted from the rows of those who teach and take part; nobody types it in.

The rooms above are reached by the names of relations, as everywhere here. A day is a day on the host's clock. Counted is
what the public may see and was not called off; `held` means that it is over. Participants are people with a confirmed place
in a session that was held, each counted once.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, JSONObject, Least

from accounts.local_days import as_json, begins, midnight, moment_for

from .models import Agreement, Host, Milestone, ResearchWork

Activity: type[Model] = Host.activities.rel.related_model
ONE_DAY = timedelta(days=1)


type Day = Value | OuterRef


@dataclass(frozen=True)
class Delivered:
    published: int = 0
    activities: int = 0
    sessions: int = 0
    participants: int = 0
    minutes: int = 0
    research_works: int = 0
    reviews: int = 0

    @property
    def hours(self) -> int:
        """Whole hours that were held."""
        return self.minutes // 60

    def counted(self, measure: str) -> int:
        """So much of what `Milestone.Measure` names."""
        amount: int = getattr(self, measure)
        return amount


def met(milestone: Milestone, so_far: Delivered) -> bool:
    return so_far.counted(milestone.measure) >= milestone.promised


def counted_agreements(agreements: QuerySet[Agreement], *, now: datetime) -> QuerySet[Agreement]:
    """The agreements, each with what was delivered from its first day to now or to its last. Read it with `delivered()`."""
    days = Days.of(agreements)
    rows: QuerySet[Agreement] = with_counts(
        agreements,
        host=OuterRef("host__pk"),
        first=OuterRef("starts_on"),
        last=OuterRef("lasts_until"),
        begins=days.begin(OuterRef("pk")),
        ends=days.end(OuterRef("pk")),
        now=now,
    )
    return rows.annotate(counted_reviews=Count("review"))


def counted_hosts(hosts: QuerySet[Host], *, first: date, last: date, now: datetime) -> QuerySet[Host]:
    """The hosts, each with what was delivered between two days, both included. Read it with `delivered()`."""
    zone = OuterRef("timezone")
    return with_counts(
        hosts,
        host=OuterRef("pk"),
        first=day_value(first),
        last=day_value(last),
        begins=begins(first, zone),
        ends=begins(last + ONE_DAY, zone),
        now=now,
    )


@dataclass(frozen=True)
class Days:
    """When agreements begin and end on their hosts' clocks, by the station's own table of zones, to be asked for in SQL."""

    begins: str
    ends: str

    @classmethod
    def of(cls, agreements: QuerySet[Agreement]) -> Self:
        """In one query."""
        first_moments, ends = {}, {}
        rows = agreements.order_by().values_list("pk", "starts_on", "lasts_until", "host__timezone")
        for pk, first, last, zone in rows:
            first_moments[pk], ends[pk] = midnight(first, zone), midnight(last + ONE_DAY, zone)
        return cls(as_json(first_moments), as_json(ends))

    def begin(self, agreement: OuterRef | str) -> Func:
        return moment_for(self.begins, Cast(agreement, CharField()))

    def end(self, agreement: OuterRef | str) -> Func:
        """The midnight after the last day."""
        return moment_for(self.ends, Cast(agreement, CharField()))


def delivered(row: Any) -> Delivered:
    """What was counted for this row of one of the two querysets above."""
    of_sessions = row.counted_sessions or {}
    return Delivered(
        published=of_sessions.get("published", 0) + row.counted_history,
        activities=of_sessions.get("activities", 0) + row.counted_history,
        sessions=of_sessions.get("sessions", 0),
        participants=row.counted_participants,
        minutes=int(row.counted_time.total_seconds() // 60) if row.counted_time else 0,
        research_works=row.counted_works,
        reviews=getattr(row, "counted_reviews", 0),
    )


def with_counts(
    rows: QuerySet[Any], *, host: OuterRef, first: Day, last: Day, begins: Func, ends: Func, now: datetime
) -> QuerySet[Any]:
    """Between two days, whose first moment and whose end are `begins` and `ends`."""
    is_over = Least(ends, Value(now, DateTimeField()))
    by_host = {"activity__host": host, **public("activity__")}
    sessions = related_model("sessions")._default_manager.filter(
        **by_host, cancelled_at=None, ends_at__gt=begins, starts_at__lt=ends
    )
    over = Q(ends_at__lte=is_over)
    held_sessions = sessions.filter(over)
    history = Activity._default_manager.filter(
        host=host, **public(), sessions=None, held_on__gte=first, held_on__lte=last
    )
    works = ResearchWork.objects.public().filter(
        host=host, year__gte=year_of(first), year__lte=year_of(last), added_at__lt=is_over
    )
    counted: QuerySet[Any] = rows.annotate(
        counted_sessions=total(
            sessions,
            "activity__host",
            JSONObject(
                published=Count("activity", distinct=True),
                activities=Count("activity", distinct=True, filter=over),
                sessions=Count("pk", filter=over),
            ),
        ),
        counted_participants=Coalesce(
            total(
                held_sessions.filter(registrations__state="confirmed"),
                "activity__host",
                Count("registrations__person", distinct=True),
            ),
            0,
        ),
        counted_time=total(
            held_sessions,
            "activity__host",
            Sum(
                ExpressionWrapper(
                    F("meetings__ends_at") - F("meetings__starts_at"), output_field=DurationField()
                )
            ),
        ),
        counted_history=Coalesce(total(history, "host", Count("pk", distinct=True)), 0),
        counted_works=Coalesce(total(works, "host", Count("pk")), 0),
    )
    return counted


def total(rows: QuerySet[Any], group: str, aggregate: Expression) -> Subquery:
    """One number about all of `rows`, which belong to one host."""
    return Subquery(rows.order_by().values(group).annotate(number=aggregate).values("number"))


def related_model(name: str, of: type[Model] = Activity) -> type[Model]:
    """What a relation of a room above leads to."""
    model: type[Model] = getattr(of, name).rel.related_model
    return model


def public(prefix: str = "") -> dict[str, bool]:
    return {f"{prefix}published_at__isnull": False, f"{prefix}withdrawn_at__isnull": True}


def day_value(day: date) -> Value:
    return Value(day, DateField())


def year_of(day: Day) -> Func:
    return Func(
        Value("year", CharField()), Cast(day, DateField()), function="date_part", output_field=IntegerField()
    )
