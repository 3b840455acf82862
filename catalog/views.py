from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from accounts.models import User
from kept import kept

from .access import activity_for
from .activity_page import ActivityPage
from .browsing import Browse
from .covers import cover_svg


@login_not_required
@kept
def activities(request: HttpRequest) -> HttpResponse:
    browse = Browse(request.GET, now=timezone.now(), person=reader(request))
    return render(request, "catalog/activity_list.html", {"section": "activities", "browse": browse})


@login_not_required
@kept
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    page = ActivityPage(activity_for(request, slug), now=timezone.now(), person=reader(request))
    return render(
        request,
        "catalog/activity_detail.html",
        {"section": "activities", "activity": page.activity, "page": page},
    )


@login_not_required
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    """A small map drawn from the address, the format, the topics and the host; it changes with them only."""
    of = activity_for(request, slug)
    topics = list(of.topics.values_list("slug", flat=True))
    host = of.host.slug if of.host else of.offered_by
    svg = cover_svg(slug=of.slug, format=of.format, topics=topics, host=host)
    response = HttpResponse(svg, content_type="image/svg+xml")
    whose = "public" if of.is_public else "private"
    patch_cache_control(response, max_age=7 * 24 * 3600, **{whose: True})
    return response


def reader(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None
