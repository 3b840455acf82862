"""What a host promised and delivered in one year, or the whole station delivered, for a page and for a spreadsheet
(`workbook.py`)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from .counting import Asked, Session, both, of_anybody, of_host, over_in_days
from .delivered import (
    Delivered,
    counted_agreements,
    counted_hosts,
    delivered,
    delivered_together,
    met,
)
from .models import Agreement, Host, Milestone, ResearchWork
from .models.decisions import Extension, Review
from .report_lines import PeopleLine, SessionLine, countries_of, lines_of, organizations_of, regions_of
from .wording import said_beside


@dataclass(frozen=True)
class HostLine:
    host: Host
    totals: Delivered


@dataclass(frozen=True)
class MilestoneLine:
    milestone: Milestone
    so_far: int
    beside: str
    is_met: bool
    is_overdue: bool

    @property
    def state(self) -> str:
        if self.milestone.is_waived:
            return _("waived")
        if self.is_met:
            return _("met")
        if self.milestone.is_carried_over:
            return _("carried over")
        return _("overdue") if self.is_overdue else _("open")


@dataclass(frozen=True)
class YearReport:
    """Of one host; of the whole station where `host` is None."""

    host: Host | None
    year: int
    made_at: datetime
    totals: Delivered
    organizations: PeopleLine  # how many, named by nothing
    regions: list[PeopleLine]  # of people's organizations
    countries: list[PeopleLine]
    sessions: list[SessionLine]
    hosts: list[HostLine] = field(default_factory=list)  # of the station
    agreements: list[tuple[Agreement, str]] = field(default_factory=list)  # with their state today
    milestones: list[MilestoneLine] = field(default_factory=list)  # due in this year
    works: list[ResearchWork] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.host.slug if self.host else 'station'}-{self.year}"

    @property
    def has_agreements(self) -> bool:
        """The Secretariat has none with itself."""
        return self.host is not None and (self.host.kind in Host.BOUND or bool(self.agreements))


def year_report(host: Host, year: int, *, now: datetime) -> YearReport:
    """In as many queries for a year of many sessions as for an empty one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    row = counted_hosts(Host.objects.filter(pk=host.pk), first=first, last=last, now=now).get()
    held = both(of_host(host), over_in_days(first, last, now))
    agreements = list(
        counted_agreements(
            Agreement.objects.signed()
            .filter(host=host, starts_on__lte=last, lasts_until__gte=first)
            .select_related("host", "member", "renewal"),
            now=now,
        )
    )
    today = now.astimezone(host.zone).date()
    return YearReport(
        host=host,
        year=year,
        made_at=now,
        totals=delivered(row),
        organizations=organizations_of(held),
        regions=regions_of(held),
        countries=countries_of(held),
        agreements=[(agreement, str(agreement.state(today).label)) for agreement in agreements],
        sessions=lines_of(held, now),
        milestones=milestones_of(agreements, first, last, today),
        works=list(host.research_works.public().filter(year=year)),
        reviews=list(
            Review.objects.filter(agreement__host=host, held_on__range=(first, last)).select_related(
                "agreement"
            )
        ),
        extensions=list(
            Extension.objects.filter(agreement__host=host, decided_on__range=(first, last)).select_related(
                "agreement"
            )
        ),
    )


def station_report(year: int, *, now: datetime, with_sessions: bool = False) -> YearReport:
    """Of all hosts, and of who is none. There may be many sessions: only a file lists them."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = both(of_anybody, over_in_days(first, last, now))
    hosts = counted_hosts(Host.objects.order_by("position", "name"), first=first, last=last, now=now)
    return YearReport(
        host=None,
        year=year,
        made_at=now,
        totals=delivered_together(first=first, last=last, now=now),
        organizations=organizations_of(held),
        regions=regions_of(held),
        countries=countries_of(held),
        sessions=lines_of(held, now) if with_sessions else [],
        hosts=[HostLine(host, delivered(host)) for host in hosts],
        works=list(ResearchWork.objects.public().filter(year=year)),
    )


# Promises


def milestones_of(agreements: list[Agreement], first: date, last: date, today: date) -> list[MilestoneLine]:
    so_far = {agreement.pk: delivered(agreement) for agreement in agreements}
    due = Milestone.objects.filter(agreement__in=list(so_far), due_on__range=(first, last))
    return [
        MilestoneLine(
            milestone,
            so_far[milestone.agreement_id].counted(milestone.measure),
            said_beside(milestone, so_far[milestone.agreement_id]),
            met(milestone, so_far[milestone.agreement_id]),
            milestone.is_overdue(today),
        )
        for milestone in due.select_related("continuation")
    ]


def years_of(host: Host, now: datetime) -> list[int]:
    """The years there is something to report of: from the first agreement or session to this year, the latest first."""
    today = now.astimezone(host.zone).date()
    signed = Agreement.objects.signed().filter(host=host)
    firsts = [day.year for day in signed.order_by("starts_on").values_list("starts_on", flat=True)[:1]]
    return years_since([*firsts, *first_sessions(of_host(host))], today.year)


def years_of_station(now: datetime) -> list[int]:
    return years_since(first_sessions(of_anybody), now.year)


def first_sessions(asked: Asked) -> list[int]:
    ends = Session._default_manager.filter(asked("")).order_by("ends_at").values_list("ends_at", flat=True)
    return [moment.year for moment in ends[:1]]


def years_since(firsts: Iterable[int], this_year: int) -> list[int]:
    return list(range(this_year, min([*firsts, this_year]) - 1, -1))
