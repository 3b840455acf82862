from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from accounts.models import User
from page_cache import cached_page
from pictures.covers import cover_svg
from pictures.uploads import VERSIONS

from .access import activity_for
from .activity_page import ActivityPage
from .listing.browsing import Browse
from .models import Picture

A_YEAR = 365 * 24 * 3600


@login_not_required
@cached_page
def activities(request: HttpRequest) -> HttpResponse:
    browse = Browse(request.GET, now=timezone.now(), person=reader(request))
    return render(request, "catalog/activity_list.html", {"section": "activities", "browse": browse})


@login_not_required
@cached_page
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    page = ActivityPage(activity_for(request, slug), now=timezone.now(), person=reader(request))
    return render(
        request,
        "catalog/activity_detail.html",
        {"section": "activities", "activity": page.activity, "page": page},
    )


@login_not_required
@require_safe
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


@login_not_required
@require_safe
def picture(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """The activity's picture in one of its sizes. The address is of this content only, so it may be kept for good."""
    of = activity_for(request, slug)
    version = VERSIONS.get(name)
    if not version or key != of.picture_key:
        raise Http404
    content = Picture.objects.values_list(version.column, flat=True).get(activity=of, key=key)
    response = HttpResponse(bytes(content), content_type=version.content_type)
    whose = "public" if of.is_public else "private"
    patch_cache_control(response, max_age=A_YEAR, immutable=True, **{whose: True})
    return response


@require_safe
def waiting_picture(request: PersonRequest, key: str) -> HttpResponse:
    """What this person chose in a form that is not saved yet, so that the form can show it."""
    content = (
        Picture.objects.waiting_for(request.user).filter(key=key).values_list("webp_640", flat=True).first()
    )
    if content is None:
        raise Http404
    response = HttpResponse(bytes(content), content_type="image/webp")
    patch_cache_control(response, private=True, no_store=True)
    return response


def reader(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None
