"""What hosts delivered, counted from the rows of those who teach, take part and were there; nobody types it in.

A day is a day on the host's clock. Counted is what the public may see and was not called off; `held` means that it is over.
How it is counted who was there stands in `counting.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    Expression,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, JSONObject, Least

from accounts.local_days import as_json, begins, midnight, moment_for

from .counting import (
    ONE_DAY,
    Activity,
    Asked,
    Days,
    Part,
    both,
    of_anybody,
    of_host,
    over_between,
    parts_of,
    people_part,
    public,
)
from .models import Agreement, Host, Milestone, ResearchWork

type Day = Value | OuterRef


@dataclass(frozen=True)
class Delivered:
    """People, sessions and hours as `counting.py` tells them apart."""

    published: int = 0
    activities: int = 0
    sessions: int = 0
    recorded: int = 0  # of the sessions: those whose attendance was taken
    attended: int = 0
    registered_before: int = 0  # where attendance could not be taken yet; none who attended anything
    registered_only: int = 0  # where it was not taken; none who are counted above
    guests: int = 0  # at the door, counted at each meeting anew
    certificates: int = 0  # that stand, whenever they were issued
    minutes: int = 0
    minutes_attended: int = 0  # of all who attended together
    countries: int = 0
    countries_registered: int = 0  # from which nobody is known to have attended
    research_works: int = 0
    reviews: int = 0

    @property
    def hours(self) -> int:
        """Whole hours that were held."""
        return self.minutes // 60

    @property
    def hours_attended(self) -> int:
        return self.minutes_attended // 60

    @property
    def participants(self) -> int:
        """What a promise of participants is met by: who attended; until attendance could be taken, who had a place."""
        return self.attended + self.registered_before

    @property
    def registered(self) -> int:
        """Of whom nobody knows whether they came."""
        return self.registered_before + self.registered_only

    @property
    def unrecorded(self) -> int:
        return self.sessions - self.recorded

    def counted(self, measure: str) -> int:
        """So much of what `Milestone.Measure` names."""
        amount: int = getattr(self, measure)
        return amount

    @classmethod
    def told(cls, numbers: dict[str, dict[str, int]], *, reviews: int = 0) -> Self:
        """Of the numbers of all parts, as the database gave them."""
        nothing: dict[str, int] = {}
        sessions, people = numbers.get("sessions", nothing), numbers.get("people", nothing)
        history = numbers.get("history", nothing).get("number", 0)
        attended = people.get("attended", 0)
        with_those_before = people.get("with_those_before", 0)
        countries = people.get("countries", 0)
        return cls(
            published=sessions.get("published", 0) + history,
            activities=sessions.get("activities", 0) + history,
            sessions=sessions.get("sessions", 0),
            recorded=sessions.get("recorded", 0),
            attended=attended,
            registered_before=with_those_before - attended,
            registered_only=people.get("with_those_registered", 0) - with_those_before,
            guests=numbers.get("guests", nothing).get("number", 0),
            certificates=numbers.get("certificates", nothing).get("number", 0),
            minutes=(numbers.get("time", nothing).get("seconds") or 0) // 60,
            minutes_attended=(numbers.get("time_attended", nothing).get("seconds") or 0) // 60,
            countries=countries,
            countries_registered=people.get("countries_with_registered", 0) - countries,
            research_works=numbers.get("works", nothing).get("number", 0),
            reviews=reviews,
        )


def met(milestone: Milestone, so_far: Delivered) -> bool:
    return so_far.counted(milestone.measure) >= milestone.promised


def counted_agreements(agreements: QuerySet[Agreement], *, now: datetime) -> QuerySet[Agreement]:
    """The agreements, each with what was delivered from its first day to now or to its last. Read it with `delivered()`."""
    terms = Terms.of(agreements)
    begins, ends = terms.begin(OuterRef("pk")), terms.end(OuterRef("pk"))
    rows: QuerySet[Agreement] = with_counts(
        agreements,
        host=OuterRef("host__pk"),
        first=OuterRef("starts_on"),
        last=OuterRef("lasts_until"),
        touched=lambda way: Q(**{f"{way}ends_at__gt": begins, f"{way}starts_at__lt": ends}),
        over=over_between(begins, ends, now),
        ends=ends,
        now=now,
    )
    return rows.annotate(counted_reviews=Count("review"))


def counted_hosts(
    hosts: QuerySet[Host], *, first: date, last: date, now: datetime, zones: frozenset[str] = frozenset()
) -> QuerySet[Host]:
    """The hosts, each with what was delivered between two days, both included. Read it with `delivered()`.

    Who knows in which `zones` these hosts are says so: the question is a tenth as long then.
    """
    days = Days(first, last, zone=OuterRef("timezone"), among=zones)
    return with_counts(
        hosts,
        host=OuterRef("pk"),
        first=day_value(first),
        last=day_value(last),
        touched=days.touched(),
        over=days.over(now),
        ends=begins(last + ONE_DAY, OuterRef("timezone"), among=zones),
        now=now,
    )


@dataclass(frozen=True)
class Terms:
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
    numbers = {name: getattr(row, f"counted_{name}") or {} for name in PARTS}
    return Delivered.told(numbers, reviews=getattr(row, "counted_reviews", 0))


def delivered_together(*, first: date, last: date, now: datetime) -> Delivered:
    """What the whole station delivered between two days: by all hosts, and by who is none. Everybody is counted once."""
    days = Days(first, last)
    held = days.over(now)
    parts = all_parts(
        both(of_anybody, days.touched()),
        held,
        first=day_value(first),
        last=day_value(last),
        added_before=Value(now, DateTimeField()),
    )
    return Delivered.told(
        {name: part.rows.order_by().aggregate(**part.numbers) for name, part in parts.items()}
    )


def people_of_hosts(hosts: list[Host], *, now: datetime) -> Delivered:
    """Who took part at any of these hosts, everybody once; no more than people is counted. In one query."""

    def held(way: str) -> Q:
        return of_anybody(way) & Q(**{f"{way}activity__host__in": hosts, f"{way}ends_at__lte": now})

    part = people_part(held)
    return Delivered.told({"people": part.rows.order_by().aggregate(**part.numbers)})


PARTS = ("sessions", "people", "time", "time_attended", "guests", "certificates", "history", "works")


def with_counts(
    rows: QuerySet[Any],
    *,
    host: OuterRef,
    first: Day,
    last: Day,
    touched: Asked,
    over: Asked,
    ends: Func,
    now: datetime,
) -> QuerySet[Any]:
    """Between two days, the last of which `ends`: of sessions that `touched` them, and of those that were `over` in them."""
    parts = all_parts(
        both(of_host(host), touched),
        over,
        host=host,
        first=first,
        last=last,
        added_before=Least(ends, Value(now, DateTimeField())),
    )
    counted: QuerySet[Any] = rows.annotate(**{f"counted_{name}": total(part) for name, part in parts.items()})
    return counted


def all_parts(
    asked: Asked,
    held: Asked,
    *,
    first: Day,
    last: Day,
    added_before: Expression,
    host: OuterRef | None = None,
) -> dict[str, Part]:
    of_the_host = {"host": host} if host else {}
    history = Activity._default_manager.filter(
        **of_the_host, **public(), sessions=None, held_on__gte=first, held_on__lte=last
    )
    works = ResearchWork.objects.public().filter(
        **of_the_host, year__gte=year_of(first), year__lte=year_of(last), added_at__lt=added_before
    )
    return parts_of(asked, held) | {
        "history": Part(history, "host", {"number": Count("pk", distinct=True)}),
        "works": Part(works, "host", {"number": Count("pk")}),
    }


def total(part: Part) -> Subquery:
    """What is counted of all the part's rows, which belong to one host."""
    rows = part.rows.order_by().values(part.host).annotate(numbers=JSONObject(**part.numbers))
    return Subquery(rows.values("numbers"))


def day_value(day: date) -> Value:
    return Value(day, DateField())


def year_of(day: Day) -> Func:
    return Func(
        Value("year", CharField()), Cast(day, DateField()), function="date_part", output_field=IntegerField()
    )
