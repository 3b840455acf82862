from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import accounts.converters  # noqa: F401 - brings the kinds of codes
from accounts.views import time_zone
from catalog.views import picture, waiting_picture
from pages import about, design_gallery, home, sitemaps

from . import health

handler500 = "learning_station.failures.pages.server_error"

urlpatterns = [
    path("health/", health.health, name="health"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", sitemaps.robots, name="robots"),
    # The same in all languages, so they lie beside them.
    path("pictures/<slug:slug>/<slug:key>/<filename:name>", picture, name="picture"),
    path("pictures/waiting/<slug:key>", waiting_picture, name="waiting_picture"),
    path("", include("speakers.urls")),
    path("", include("supporters.urls")),
    path("", include("badges.urls")),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("time-zone/", time_zone, name="time_zone"),
        path("accessibility/", about.accessibility, name="accessibility"),
        path("data-protection/", about.data_protection, name="data_protection"),
        path("design/", design_gallery.gallery, name="design"),
        path("", include("imports.urls")),
        path("", include("platform_reports.urls")),
        path("", include("attendance.urls")),
        path("", include("credentials.urls")),
        path("", include("city_record.urls")),
        path("", include("interaction.urls")),
        path("", include("messaging.urls")),
        path("", include("reviews.urls")),
        path("", include("proposals.urls")),
        path("", include("registrations.urls")),
        path("", include("catalog.urls")),
        path("", include("hubs.urls")),
        path("", include("focal_points.urls")),
        path("", include("membership.urls")),
        path("", include("pages.urls")),
        path("", include("me.urls")),
        path("accounts/", include("accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

handler403 = "learning_station.failures.not_open.not_open"

if settings.DEMO:
    urlpatterns += i18n_patterns(path("", include("demo.urls")), prefix_default_language=False)
