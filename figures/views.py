"""The report of a year, of one host or of the whole station, to read and as a spreadsheet."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.http import person_of
from desk.audit import note
from desk.purposes import says
from hubs.models import Agreement, Host
from hubs.scope import in_scope, sees_all_hosts
from hubs.years import years_of, years_of_station

from .report import YearReport, station_report, year_report
from .workbook import workbook_of

# How it looks, and how it is printed.
SHEETS = Media(css={"all": ("css/desk.css", "css/report.css")})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def host_of_report(request: HttpRequest, slug: str) -> Host:
    if not request.user.has_perm("hubs.view_agreement"):
        raise PermissionDenied
    return get_object_or_404(in_scope(Host.objects.all(), person_of(request), host=""), slug=slug)


def require_to_see_the_station(request: HttpRequest) -> None:
    if not (request.user.has_perm("hubs.view_agreement") and sees_all_hosts(person_of(request))):
        raise PermissionDenied


@require_safe
@says(gettext_lazy("What this host did in a year, as the Board reads it. The spreadsheet holds the same."))
def of_host(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    now = timezone.now()
    host = host_of_report(request, slug)
    check_year(year)
    others = [other for other in years_of(host, now) if other != year]
    context = {
        "title": _now("%(host)s in %(year)s") % {"host": host, "year": year},
        "report": year_report(host, year, now=now),
        "years": [(other, reverse("admin:hubs_agreement_report", args=[slug, other])) for other in others],
        "file_url": reverse("admin:hubs_agreement_report_xlsx", args=[slug, year]),
        "station_url": reverse("admin:hubs_agreement_station", args=[year])
        if sees_all_hosts(person_of(request))
        else "",
    }
    return page(request, context)


@require_safe
@says(
    gettext_lazy("What all hosts did in a year, each counted the same way. The spreadsheet holds the same.")
)
def of_station(request: HttpRequest, year: int) -> HttpResponse:
    now = timezone.now()
    require_to_see_the_station(request)
    check_year(year)
    others = [other for other in years_of_station(now) if other != year]
    context = {
        "title": _now("The whole station in %(year)s") % {"year": year},
        "report": station_report(year, now=now),
        "years": [(other, reverse("admin:hubs_agreement_station", args=[other])) for other in others],
        "file_url": reverse("admin:hubs_agreement_station_xlsx", args=[year]),
    }
    return page(request, context)


def page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        **context,
        "opts": Agreement._meta,
        "media": SHEETS,
    }
    return TemplateResponse(request, "admin/hubs/report.html", context)


def of_host_xlsx(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """A POST, since the history of the host tells who took the file. GET leads to the page with the button."""
    host = host_of_report(request, slug)
    check_year(year)
    if request.method != "POST":
        return redirect("admin:hubs_agreement_report", slug, year)
    report = year_report(host, year, now=timezone.now())
    note(host, done="exported", rows=len(report.sessions), format="xlsx")
    return file_of(report)


def of_station_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    """As the one of a host; the history of the Secretariat tells."""
    require_to_see_the_station(request)
    check_year(year)
    if request.method != "POST":
        return redirect("admin:hubs_agreement_station", year)
    report = station_report(year, now=timezone.now(), with_sessions=True)
    for host in Host.objects.filter(kind=Host.Kind.SECRETARIAT):
        note(host, done="exported", rows=len(report.sessions), format="xlsx")
    return file_of(report)


def file_of(report: YearReport) -> HttpResponse:
    response = HttpResponse(workbook_of(report), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{report.name}.xlsx"'
    return response


def check_year(year: int) -> None:
    if not 1985 <= year <= 2200:
        raise Http404
