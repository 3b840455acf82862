"""The desk of the staff: Django's admin with our sign-in, and a first page that says what needs attention."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
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
from desk.purposes import purpose_of

# The order in which work is done; whatever else there is comes after.
ROOMS = ("catalog", "registrations", "credentials", "proposals", "outbox", "hubs", "accounts")
# What is too small to stand by itself stands with others in the menu.
STANDS_WITH = {
    "speakers": "catalog",
    "supporters": "hubs",
    "focal_points": "accounts",
    "membership": "accounts",
    "merging": "accounts",
    "auth": "accounts",
    "auditlog": "outbox",
}
NAMES = {"outbox": _("Letters and history")}


class StationAdminSite(admin.AdminSite):
    site_title = _("Learning Station")
    site_header = _("Learning Station")
    index_title = _("The desk")
    purpose = _("What waits for you today, and the way to all the rest.")
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
        from .first_steps import first_steps
        from .searching import search
        from .waiting import waiting

        own = {"search": search, "waiting": waiting, "first-steps": first_steps}
        pages = [
            path(f"{noun}/", self.admin_view(view), {"site": self}, name=noun.replace("-", "_"))
            for noun, view in own.items()
        ]
        return [*pages, *self.urls_of_reports(), *urls]

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
        """With what each list is for. The whole menu puts small rooms with others; the page of one room does not."""
        rooms = {room["app_label"]: room for room in super().get_app_list(request, app_label)}
        for room in rooms.values():
            for kind in room["models"]:
                desk = self._registry[kind["model"]]
                kind["purpose"] = getattr(desk, "purpose", "")
        for small, large in STANDS_WITH.items():
            if app_label is None and small in rooms and large in rooms:
                rooms[large]["models"] += rooms.pop(small)["models"]
                rooms[large]["name"] = NAMES.get(large, rooms[large]["name"])
        return sorted(
            rooms.values(),
            key=lambda room: ROOMS.index(room["app_label"]) if room["app_label"] in ROOMS else len(ROOMS),
        )

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # The site's first page in the language of the desk: Django knows one address, whoever reads.
        return super().each_context(request) | {"purpose": purpose_of(request), "site_url": reverse("home")}

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        title = apps.get_app_config(app_label).verbose_name
        said = {"title": title, "purpose": _("The lists of this part of the desk.")}
        return super().app_index(request, app_label, said | (extra_context or {}))

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        from .attention import what_needs_attention
        from .first_steps import ways_of

        person = person_of(request)
        cards = what_needs_attention(person)
        context = {
            "board": [card for card in cards if card.lines],
            "well": [card for card in cards if not card.lines and card.nothing],
            "ways": ways_of(person),
            "zone_table": table_version(),
            "purpose": self.purpose,
        }
        return super().index(request, context | (extra_context or {}))
