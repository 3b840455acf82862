"""What we compare with: as little as Django can do. Both answer before any of the station's middleware runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.models import Activity


def bare(request: HttpRequest) -> HttpResponse:
    """One SELECT and a small template."""
    activity = Activity.objects.values("slug", "title_en", "summary_en").order_by("pk")[0]
    return render(request, "bench/bare.html", {"activity": activity})


def plain_list(request: HttpRequest) -> HttpResponse:
    """One SELECT of 30 rows and a small template."""
    activities = Activity.objects.values("slug", "title_en", "summary_en", "format", "ends_at").order_by(
        "pk"
    )[:30]
    return render(request, "bench/plain_list.html", {"activities": activities})


REFERENCES = {"/bench/bare/": bare, "/bench/plain-list/": plain_list}
