"""What a host promised and delivered in one year, or the whole station delivered, for a page and for a spreadsheet
(`workbook.py`)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from hubs.counting import Days, both, of_anybody, of_host
from hubs.delivered import (
    Delivered,
    counted_agreements,
    counted_hosts,
    delivered,
    delivered_together,
    met,
)
from hubs.models import Agreement, Host, Milestone, ResearchWork
from hubs.models.decisions import Extension, Review
from hubs.wording import said_beside

from .lines import PeopleLine, SessionLine, countries_of, lines_of, organizations_of, regions_of


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
    row = counted_hosts(
        Host.objects.filter(pk=host.pk), first=first, last=last, now=now, zones=frozenset({host.timezone})
    ).get()
    held = both(of_host(host), Days(first, last).over(now))
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
    held = both(of_anybody, Days(first, last).over(now))
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
