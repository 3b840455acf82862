"""The report of a year, of one host or of the whole station, to read and as a spreadsheet."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_safe

from accounts.http import person_of
from desk.audit import note

from ..models import Agreement, Host
from ..report import YearReport, station_report, year_report, years_of, years_of_station
from ..scope import HostScoped, in_scope, sees_all_hosts
from ..workbook import workbook_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WithReports(HostScoped[Agreement]):
    """Each host has a report of each year, and so has the whole station."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own_paths = [
            path("reports/<int:year>/", view(self.station_report), name="hubs_agreement_station"),
            path(
                "reports/<int:year>.xlsx", view(self.station_report_xlsx), name="hubs_agreement_station_xlsx"
            ),
            path("reports/<slug:slug>/<int:year>/", view(self.report), name="hubs_agreement_report"),
            path(
                "reports/<slug:slug>/<int:year>.xlsx",
                view(self.report_xlsx),
                name="hubs_agreement_report_xlsx",
            ),
        ]
        return own_paths + super().get_urls()

    def host_of_report(self, request: HttpRequest, slug: str) -> Host:
        if not request.user.has_perm("hubs.view_agreement"):
            raise PermissionDenied
        return get_object_or_404(in_scope(Host.objects.all(), person_of(request), host=""), slug=slug)

    def require_to_see_the_station(self, request: HttpRequest) -> None:
        if not (request.user.has_perm("hubs.view_agreement") and sees_all_hosts(person_of(request))):
            raise PermissionDenied

    @method_decorator(require_safe)
    def report(self, request: HttpRequest, slug: str, year: int) -> HttpResponse:
        now = timezone.now()
        host = self.host_of_report(request, slug)
        check_year(year)
        others = [other for other in years_of(host, now) if other != year]
        context = {
            "title": _now("%(host)s in %(year)s") % {"host": host, "year": year},
            "report": year_report(host, year, now=now),
            "years": [
                (other, reverse("admin:hubs_agreement_report", args=[slug, other])) for other in others
            ],
            "file_url": reverse("admin:hubs_agreement_report_xlsx", args=[slug, year]),
            "station_url": reverse("admin:hubs_agreement_station", args=[year])
            if sees_all_hosts(person_of(request))
            else "",
        }
        return self.page(request, context)

    @method_decorator(require_safe)
    def station_report(self, request: HttpRequest, year: int) -> HttpResponse:
        now = timezone.now()
        self.require_to_see_the_station(request)
        check_year(year)
        others = [other for other in years_of_station(now) if other != year]
        context = {
            "title": _now("The whole station in %(year)s") % {"year": year},
            "report": station_report(year, now=now),
            "years": [(other, reverse("admin:hubs_agreement_station", args=[other])) for other in others],
            "file_url": reverse("admin:hubs_agreement_station_xlsx", args=[year]),
        }
        return self.page(request, context)

    def page(self, request: HttpRequest, context: dict[str, object]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **context,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/hubs/report.html", context)

    def report_xlsx(self, request: HttpRequest, slug: str, year: int) -> HttpResponse:
        """A POST, since the history of the host tells who took the file. GET leads to the page with the button."""
        host = self.host_of_report(request, slug)
        check_year(year)
        if request.method != "POST":
            return redirect("admin:hubs_agreement_report", slug, year)
        report = year_report(host, year, now=timezone.now())
        note(host, done="exported", rows=len(report.sessions), format="xlsx")
        return file_of(report)

    def station_report_xlsx(self, request: HttpRequest, year: int) -> HttpResponse:
        """As the one of a host; the history of the Secretariat tells."""
        self.require_to_see_the_station(request)
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
