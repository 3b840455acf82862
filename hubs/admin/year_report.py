"""The report of a host and a year, to read and as a spreadsheet."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_safe

from accounts.http import person_of
from desk.audit import note

from ..models import Agreement, Host
from ..report import workbook_of, year_report, years_of
from ..scope import HostScoped, in_scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WithReports(HostScoped[Agreement]):
    """Each host has a report of each year."""

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        own_paths = [
            path(
                "reports/<slug:slug>/<int:year>/", site.admin_view(self.report), name="hubs_agreement_report"
            ),
            path(
                "reports/<slug:slug>/<int:year>.xlsx",
                site.admin_view(self.report_xlsx),
                name="hubs_agreement_report_xlsx",
            ),
        ]
        return own_paths + super().get_urls()

    def host_of_report(self, request: HttpRequest, slug: str) -> Host:
        if not request.user.has_perm("hubs.view_agreement"):
            raise PermissionDenied
        return get_object_or_404(
            in_scope(Host.objects.filter(kind__in=Host.BOUND), person_of(request), host=""), slug=slug
        )

    @method_decorator(require_safe)
    def report(self, request: HttpRequest, slug: str, year: int) -> HttpResponse:
        now = timezone.now()
        host = self.host_of_report(request, slug)
        check_year(year)
        report = year_report(host, year, now=now)
        context = {
            **self.admin_site.each_context(request),
            "title": _now("%(host)s in %(year)s") % {"host": host, "year": year},
            "report": report,
            "years": years_of(host, now),
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
        response = HttpResponse(workbook_of(report), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{report.name}.xlsx"'
        return response


def check_year(year: int) -> None:
    if not 1985 <= year <= 2200:
        raise Http404
