"""The lines of a yearly report: each session with who was there, and where people are from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.countries import COUNTRY_NAMES
from accounts.regions import Region
from hubs.counting import (
    ATTENDED,
    TO_CLOSE,
    Asked,
    Guest,
    Meeting,
    Part,
    Registration,
    Session,
    distinct,
    people_of,
    registered_alone,
    seconds,
    taken,
    time,
)
from hubs.delivered import total


@dataclass(frozen=True)
class SessionLine:
    day: date
    title: str
    label: str
    host: str
    meetings: int
    taken: int  # of the meetings: those whose attendance was
    to_be_closed: bool
    attended: int
    registered: int
    guests: int
    organizations: int  # of who attended; of who registered, where it is not recorded
    hours: float

    @property
    def is_recorded(self) -> bool:
        return self.taken > 0

    @property
    def attendance(self) -> str:
        """What is known of who was there."""
        if self.taken == self.meetings and self.taken:
            return _("recorded")
        if self.taken:
            words = ngettext(
                "recorded at %(taken)d of %(meetings)d meeting",
                "recorded at %(taken)d of %(meetings)d meetings",
                self.meetings,
            )
            return words % {"taken": self.taken, "meetings": self.meetings}
        return _("not closed yet") if self.to_be_closed else _("not recorded")


@dataclass(frozen=True)
class PeopleLine:
    """Where people are from: who attended, and of whom no more is known than that they registered."""

    name: str
    attended: int
    registered: int


# People


def people_in(held: Asked) -> QuerySet[Any]:
    rows: QuerySet[Any] = people_of(Registration._default_manager.filter(held("session__"))).order_by()
    return rows


def both_kinds(what: str) -> dict[str, Count]:
    return {
        "attended": distinct(what, ATTENDED),
        "with_registered": distinct(what, ATTENDED | registered_alone()),
    }


def organizations_of(held: Asked) -> PeopleLine:
    numbers = people_in(held).aggregate(**both_kinds("person__organization"))
    return PeopleLine("", numbers["attended"], numbers["with_registered"] - numbers["attended"])


def regions_of(held: Asked) -> list[PeopleLine]:
    return people_by(
        held,
        "person__organization__region",
        lambda region: str(Region(region).label) if region else _("no member organization"),
    )


def countries_of(held: Asked) -> list[PeopleLine]:
    return people_by(
        held, "person__country", lambda country: str(COUNTRY_NAMES.get(country, country)) or _("not known")
    )


def people_by(held: Asked, what: str, named: Callable[[str], str]) -> list[PeopleLine]:
    """The most first. Where somebody both attended and registered, they attended."""
    rows = (
        people_in(held)
        .values_list(what)
        .annotate(**both_kinds("person"))
        .filter(with_registered__gt=0)
        .order_by("-attended", "-with_registered", what)
    )
    return [PeopleLine(named(value), attended, every - attended) for value, attended, every in rows]


# Sessions


def lines_of(held: Asked, now: datetime) -> list[SessionLine]:
    """In one query."""
    of_this = {"session": OuterRef("pk")}
    parts = {
        "people": Part(
            people_of(Registration._default_manager.filter(**of_this)),
            "session",
            {
                "attended": distinct("person", ATTENDED),
                "registered": distinct("person", Q(state="confirmed")),
                "cities": distinct("person__organization", ATTENDED),
                "cities_registered": distinct("person__organization", Q(state="confirmed")),
            },
        ),
        "meetings": Part(
            Meeting._default_manager.filter(**of_this).alias(
                closed=FilteredRelation("closings", condition=Q(closings__opened_at=None))
            ),
            "session",
            {
                "number": Count("pk"),
                "closed": Count("closed"),
                "taken": Count("closed", filter=Q(closed__taken=True)),
                "seconds": seconds(Sum(time("ends_at", "starts_at"))),
            },
        ),
        "guests": Part(
            Guest._default_manager.filter(
                meeting__session=OuterRef("pk"), registration=None, **taken("meeting__")
            ),
            "meeting__session",
            {"number": Count("pk")},
        ),
    }
    sessions = (
        Session._default_manager.filter(held(""))
        .select_related("activity__host")
        .annotate(**{f"counted_{name}": total(part) for name, part in parts.items()})
        .order_by("starts_at", "pk")
    )
    return [line_of(session, now) for session in sessions]


def line_of(session: Any, now: datetime) -> SessionLine:
    people, meetings = session.counted_people or {}, session.counted_meetings or {}
    host, taken_at = session.activity.host, meetings.get("taken", 0)
    return SessionLine(
        day=session.starts_at.astimezone(host.zone if host else session.zone).date(),
        title=session.activity.title,
        label=session.label,
        host=session.activity.host_name,
        meetings=meetings.get("number", 0),
        taken=taken_at,
        to_be_closed=now < session.ends_at + TO_CLOSE
        and meetings.get("closed", 0) < meetings.get("number", 0),
        attended=people.get("attended", 0),
        registered=people.get("registered", 0),
        guests=(session.counted_guests or {}).get("number", 0),
        organizations=people.get("cities" if taken_at else "cities_registered", 0),
        hours=round((meetings.get("seconds") or 0) / 3600, 1),
    )
