"""The yearly report as a spreadsheet. Numbers stay numbers and days stay days; texts cannot calculate."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desk.export import defused

from .lines import PeopleLine
from .report import YearReport

type Rows = list[list[object]]


def workbook_of(report: YearReport) -> bytes:
    book = Workbook()
    summary = book.active
    summary.title = _("Summary")
    rows, bold = summary_of(report)
    fill(summary, rows, bold=bold)
    if report.hosts:
        sheet(book, _("Hosts"), *hosts_of(report))
    if report.has_agreements:
        sheet(book, _("Agreements"), *agreements_of(report))
    sheet(book, _("Sessions"), *sessions_of(report))
    sheet(book, _("Countries"), *people_from(_("Country"), report.countries))
    if report.has_agreements:
        sheet(book, _("Milestones"), *milestones_of(report))
    sheet(
        book,
        _("Research works"),
        [_("Year"), _("Title"), _("Authors"), _("Language")],
        [[work.year, work.title, work.authors, work.language] for work in report.works],
    )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def summary_of(report: YearReport) -> tuple[Rows, set[int]]:
    totals = report.totals
    rows: Rows = [
        [_("Host"), report.host.name if report.host else _("the whole station")],
        [_("Year"), report.year],
        [_("Activities held"), totals.activities],
        [_("Sessions held"), totals.sessions],
        [_("Sessions with attendance recorded"), totals.recorded],
        [_("People who attended"), totals.attended],
        [_("Registered, attendance not recorded"), totals.registered],
        [_("Guests at the door"), totals.guests],
        [_("Hours held"), totals.hours],
        [_("Hours attended, of all people together"), totals.hours_attended],
        [_("Countries of people who attended"), totals.countries],
        [_("Further countries of people registered"), totals.countries_registered],
        [_("Organizations of people who attended"), report.organizations.attended],
        [_("Further organizations of people registered"), report.organizations.registered],
        [_("Certificates that stand"), totals.certificates],
        [_("Research works"), len(report.works)],
        [],
    ]
    by_region = len(rows) + 1
    heads, regions = people_from(_("Region"), report.regions)
    rows += [[*heads], *regions]
    return rows, {1, by_region}


def people_from(where: str, lines: list[PeopleLine]) -> tuple[list[str], Rows]:
    heads = [where, _("People who attended"), _("Registered, attendance not recorded")]
    return heads, [[line.name, line.attended, line.registered] for line in lines]


def hosts_of(report: YearReport) -> tuple[list[str], Rows]:
    heads = [
        _("Host"),
        _("Activities held"),
        _("Sessions held"),
        _("Sessions with attendance recorded"),
        _("People who attended"),
        _("Registered, attendance not recorded"),
        _("Guests at the door"),
        _("Hours held"),
        _("Hours attended, of all people together"),
        _("Countries of people who attended"),
        _("Certificates that stand"),
    ]
    return heads, [
        [
            line.host.name,
            line.totals.activities,
            line.totals.sessions,
            line.totals.recorded,
            line.totals.attended,
            line.totals.registered,
            line.totals.guests,
            line.totals.hours,
            line.totals.hours_attended,
            line.totals.countries,
            line.totals.certificates,
        ]
        for line in report.hosts
    ]


def agreements_of(report: YearReport) -> tuple[list[str], Rows]:
    heads = [_("Kind"), _("Priority theme"), _("First day"), _("Last day"), _("State")]
    return heads, [
        [agreement.get_kind_display(), agreement.theme, agreement.starts_on, agreement.last_day, str(state)]
        for agreement, state in report.agreements
    ]


def sessions_of(report: YearReport) -> tuple[list[str], Rows]:
    """A number that nobody knows is no number."""
    heads = [
        _("Day"),
        _("Host"),
        _("Activity"),
        _("Session"),
        _("Attendance"),
        _("People who attended"),
        _("Registered"),
        _("Guests at the door"),
        _("Organizations"),
        _("Hours"),
    ]
    return heads, [
        [
            line.day,
            line.host,
            line.title,
            line.label,
            line.attendance,
            line.attended if line.is_recorded else None,
            line.registered,
            line.guests if line.is_recorded else None,
            line.organizations,
            line.hours,
        ]
        for line in report.sessions
    ]


def milestones_of(report: YearReport) -> tuple[list[str], Rows]:
    heads = [
        _("Due"),
        _("Milestone"),
        _("Counted as"),
        _("Promised"),
        _("Delivered so far"),
        _("Of people"),
        _("State"),
    ]
    return heads, [
        [
            line.milestone.due_on,
            line.milestone.title,
            line.milestone.get_measure_display(),
            line.milestone.promised,
            line.so_far,
            line.beside,
            line.state,
        ]
        for line in report.milestones
    ]


def sheet(book: Workbook, title: str, heads: list[str], rows: Rows) -> None:
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
