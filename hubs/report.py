"""What a host promised and delivered in one year, for its page and for its spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields import DurationField
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from accounts.local_days import midnight
from accounts.regions import Region
from desk.export import defused

from .delivered import Delivered, counted_agreements, counted_hosts, delivered, met, public, related_model
from .models import Agreement, Host, Milestone, ResearchWork
from .models.decisions import Extension, Review


@dataclass(frozen=True)
class SessionLine:
    day: date
    title: str
    label: str
    participants: int
    organizations: int
    hours: float


@dataclass(frozen=True)
class MilestoneLine:
    milestone: Milestone
    so_far: int
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
    host: Host
    year: int
    made_at: datetime
    totals: Delivered
    organizations: int
    regions: list[tuple[str, int]]  # where participants' organizations are, and how many participants
    agreements: list[tuple[Agreement, str]]  # with their state today
    sessions: list[SessionLine]
    milestones: list[MilestoneLine]  # due in this year
    works: list[ResearchWork]
    reviews: list[Review]
    extensions: list[Extension]

    @property
    def name(self) -> str:
        return f"{self.host.slug}-{self.year}"


def year_report(host: Host, year: int, *, now: datetime) -> YearReport:
    """In as many queries for a year of many sessions as for an empty one."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    row = counted_hosts(Host.objects.filter(pk=host.pk), first=first, last=last, now=now).get()
    sessions = held_sessions(host, first, last, now)
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
        organizations=places_in(sessions).aggregate(n=Count("person__organization", distinct=True))["n"],
        regions=regions_of(sessions),
        agreements=[(agreement, str(agreement.state(today).label)) for agreement in agreements],
        sessions=[line_of(session, host) for session in listed(sessions)],
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


def held_sessions(host: Host, first: date, last: date, now: datetime) -> QuerySet[Any]:
    return related_model("sessions")._default_manager.filter(
        activity__host=host,
        **public("activity__"),
        cancelled_at=None,
        ends_at__gt=midnight(first, host.timezone),
        ends_at__lte=now,
        starts_at__lt=midnight(last + timedelta(days=1), host.timezone),
    )


def places_in(sessions: QuerySet[Any]) -> QuerySet[Any]:
    registrations = related_model("registrations", of=sessions.model)
    return registrations._default_manager.filter(
        session__in=sessions.values("pk"), state="confirmed"
    ).order_by()


def regions_of(sessions: QuerySet[Any]) -> list[tuple[str, int]]:
    counted = (
        places_in(sessions)
        .values_list("person__organization__region")
        .annotate(n=Count("person", distinct=True))
        .order_by("-n")
    )
    return [
        (str(Region(region).label) if region else _("no member organization"), n) for region, n in counted
    ]


def listed(sessions: QuerySet[Any]) -> QuerySet[Any]:
    places = Q(registrations__state="confirmed")
    meetings = related_model("meetings", of=sessions.model)
    time = (
        meetings._default_manager.filter(session=OuterRef("pk"))
        .order_by()
        .values("session")
        .annotate(time=Sum(ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())))
        .values("time")
    )
    counted: QuerySet[Any] = sessions.select_related("activity").annotate(
        people=Count("registrations__person", filter=places, distinct=True),
        cities=Count("registrations__person__organization", filter=places, distinct=True),
        time=Subquery(time),
    )
    return counted.order_by("starts_at", "pk")


def line_of(session: Any, host: Host) -> SessionLine:
    time: timedelta = session.time or timedelta()
    return SessionLine(
        day=session.starts_at.astimezone(host.zone).date(),
        title=session.activity.title,
        label=session.label,
        participants=session.people,
        organizations=session.cities,
        hours=round(time.total_seconds() / 3600, 1),
    )


def milestones_of(agreements: list[Agreement], first: date, last: date, today: date) -> list[MilestoneLine]:
    so_far = {agreement.pk: delivered(agreement) for agreement in agreements}
    due = Milestone.objects.filter(agreement__in=list(so_far), due_on__range=(first, last))
    return [
        MilestoneLine(
            milestone,
            so_far[milestone.agreement_id].counted(milestone.measure),
            met(milestone, so_far[milestone.agreement_id]),
            milestone.is_overdue(today),
        )
        for milestone in due.select_related("continuation")
    ]


def years_of(host: Host, now: datetime) -> list[int]:
    """The years there is something to report of: from the first agreement to this year, the latest first."""
    today = now.astimezone(host.zone).date()
    signed = Agreement.objects.signed().filter(host=host)
    firsts = signed.order_by("starts_on").values_list("starts_on", flat=True)[:1]
    begins = min([day.year for day in firsts] + [today.year])
    return list(range(today.year, begins - 1, -1))


# As a spreadsheet


def workbook_of(report: YearReport) -> bytes:
    """Numbers stay numbers and days stay days; texts cannot calculate."""
    book = Workbook()
    summary = book.active
    summary.title = _("Summary")
    rows: list[list[object]] = [
        [_("Host"), report.host.name],
        [_("Year"), report.year],
        [_("Activities held"), report.totals.activities],
        [_("Sessions held"), report.totals.sessions],
        [_("Participants"), report.totals.participants],
        [_("Hours held"), report.totals.hours],
        [_("Organizations of participants"), report.organizations],
        [_("Research works"), len(report.works)],
        [],
        [_("Participants by region")],
        *[[name, number] for name, number in report.regions],
    ]
    fill(summary, rows, bold={1, 10})
    sheet(
        book,
        _("Agreements"),
        [_("Kind"), _("Priority theme"), _("First day"), _("Last day"), _("State")],
        [
            [
                agreement.get_kind_display(),
                agreement.theme,
                agreement.starts_on,
                agreement.last_day,
                str(state),
            ]
            for agreement, state in report.agreements
        ],
    )
    sheet(
        book,
        _("Sessions"),
        [_("Day"), _("Activity"), _("Session"), _("Participants"), _("Organizations"), _("Hours")],
        [
            [line.day, line.title, line.label, line.participants, line.organizations, line.hours]
            for line in report.sessions
        ],
    )
    sheet(
        book,
        _("Milestones"),
        [_("Due"), _("Milestone"), _("Counted as"), _("Promised"), _("Delivered so far"), _("State")],
        [
            [
                line.milestone.due_on,
                line.milestone.title,
                line.milestone.get_measure_display(),
                line.milestone.promised,
                line.so_far,
                line.state,
            ]
            for line in report.milestones
        ],
    )
    sheet(
        book,
        _("Research works"),
        [_("Year"), _("Title"), _("Authors"), _("Language")],
        [[work.year, work.title, work.authors, work.language] for work in report.works],
    )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def sheet(book: Workbook, title: str, heads: list[str], rows: list[list[object]]) -> None:
    page = book.create_sheet(title[:31])
    fill(page, [heads, *rows], bold={1})
    page.freeze_panes = "A2"


def fill(page: Worksheet, rows: Iterable[Sequence[object]], *, bold: set[int]) -> None:
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        page.append([defused(value) if isinstance(value, str) else value for value in row])
        for column, value in enumerate(row, start=1):
            widths[column] = max(widths.get(column, 0), len(str(value)))
            if number in bold:
                page.cell(number, column).font = Font(bold=True)
    for column, width in widths.items():
        page.column_dimensions[get_column_letter(column)].width = min(max(width + 2, 10), 60)
