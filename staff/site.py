"""The desk of the staff: Django's admin with our sign-in, and a first page that says what needs attention."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.http import person_of
from accounts.zones import table_version

# The order in which work is done; whatever else there is comes after.
ROOMS = (
    "catalog",
    "registrations",
    "credentials",
    "proposals",
    "outbox",
    "hubs",
    "accounts",
    "merging",
    "auth",
    "auditlog",
)
# What other packages call otherwise.
NAMES = {
    "auth": _("Roles"),
    "Group": _("Roles"),
    "auditlog": _("History"),
    "LogEntry": _("Who changed what"),
}


class StationAdminSite(admin.AdminSite):
    site_title = _("Learning Station")
    site_header = _("Learning Station")
    index_title = _("The desk")
    index_template = "admin/desk_index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        from accounts.access import second_factor_missing

        return super().has_permission(request) and not second_factor_missing(person_of(request))

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """There is one sign-in. Who is in already is told why this room stays shut, or to take a second factor first."""
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        if not request.user.is_staff:
            raise PermissionDenied
        return HttpResponseRedirect(reverse("mfa_index"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # "View on site" by number would lead to things of other hosts; passwords are changed on the account pages.
        unwanted = {"view_on_site", "password_change_done"}
        urls = [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in unwanted]
        from .searching import search

        found = path("search/", self.admin_view(search), {"site": self}, name="search")
        return [found, *self.urls_of_reports(), *urls]

    def urls_of_reports(self) -> list[URLPattern]:
        """Before those of agreements, among which they stand: there anything else would be the number of one."""
        from figures import views

        def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(
                f"hubs/agreement/reports/{route}", self.admin_view(view), name=f"hubs_agreement_{name}"
            )

        return [
            page("<int:year>/", views.of_station, "station"),
            page("<int:year>.xlsx", views.of_station_xlsx, "station_xlsx"),
            page("<slug:slug>/<int:year>/", views.of_host, "report"),
            page("<slug:slug>/<int:year>.xlsx", views.of_host_xlsx, "report_xlsx"),
        ]

    def password_change(  # type: ignore[override]  # Django shows a page here, we lead to another
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))

    def logout(  # type: ignore[override]  # Django shows a page here, we lead home
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        from django.contrib.auth.views import LogoutView

        return LogoutView.as_view(next_page=reverse("home"))(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        rooms = super().get_app_list(request, app_label)
        for room in rooms:
            room["name"] = NAMES.get(room["app_label"], room["name"])
            for kind in room["models"]:
                kind["name"] = NAMES.get(kind["object_name"], kind["name"])
        return sorted(
            rooms,
            key=lambda room: ROOMS.index(room["app_label"]) if room["app_label"] in ROOMS else len(ROOMS),
        )

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        from .attention import what_needs_attention

        context = {"board": what_needs_attention(person_of(request)), "zone_table": table_version()}
        return super().index(request, context | (extra_context or {}))
