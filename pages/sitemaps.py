"""What search engines may find: every public page in each language of the station, and where the list of them is."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.models import Organization
from catalog.models import Activity
from hubs.models import Host
from page_cache import cached_page


class StationSitemap[Item](Sitemap[Item]):
    """Each page in each language, with the other languages beside it. The site's address is set, not the request's."""

    i18n = True
    alternates = True
    limit = 3000
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class Activities(StationSitemap[Activity]):
    def items(self) -> QuerySet[Activity]:
        rows: QuerySet[Activity] = Activity.objects.published()
        return rows.order_by("pk").only("slug", "published_at")

    def lastmod(self, item: Activity) -> datetime | None:
        return item.published_at


# What the station says of itself, and where its certificates are checked.
ABOUT = ["credentials:find", "accessibility", "data_protection"]


class Pages(StationSitemap[str]):
    def items(self) -> list[str]:
        return [
            "home",
            "catalog:activities",
            "pages:centers",
            "pages:hubs",
            "pages:members",
            "proposals:new",
            *ABOUT,
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Hosts(StationSitemap[Host]):
    """Centers and hubs; the Secretariat General has no page of its own."""

    def items(self) -> QuerySet[Host]:
        return Host.objects.filter(kind__in=Host.BOUND).order_by("pk")


class Members(StationSitemap[Organization]):
    def items(self) -> QuerySet[Organization]:
        return Organization.objects.members().order_by("pk").only("slug")

    def location(self, item: Organization) -> str:
        return reverse("pages:member", args=[item.slug])


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": Pages,
    "activities": Activities,
    "hosts": Hosts,
    "members": Members,
}


@login_not_required
@cached_page
def index(request: HttpRequest) -> HttpResponse:
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="sitemap_section").render()


@login_not_required
@cached_page
def section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_views.sitemap(request, SITEMAPS, section).render()


@login_not_required
@cached_page
def robots(request: HttpRequest) -> HttpResponse:
    """https://www.rfc-editor.org/rfc/rfc9309"""
    closed = ["/admin/", "/accounts/", "/me/", "/registrations/", "/sessions/", "/proposals/"]
    default = settings.LANGUAGE_CODE
    prefixes = ["" if code == default else f"/{code}" for code, _name in settings.LANGUAGES]
    lines = [
        "User-agent: *",
        *(f"Allow: {prefix}/proposals/new/$" for prefix in prefixes),
        *(f"Allow: {prefix}/proposals/calls/" for prefix in prefixes),
        *(f"Disallow: {prefix}{path}" for path in closed for prefix in prefixes),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
