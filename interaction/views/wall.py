"""The questions large, for the wall of a room or the screen that is shared."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from attendance.check_in import qr

from .. import access, clock, showing, versions
from . import live


@never_cache
@require_safe
def wall(request: PersonRequest, pk: int) -> HttpResponse:
    """`?still` asks for a page that does not renew itself."""
    if answer := live.nothing_new(request, pk):
        return answer
    meeting = access.meeting_to_moderate(request, pk)
    version = versions.current(meeting)
    address = settings.SITE_URL + reverse("interaction:questions", args=[pk])
    modules = qr.matrix(address)
    context = live.about(request, meeting, version) | {
        "wall": showing.wall_of(meeting, version),
        "is_open": clock.is_open(meeting, timezone.now()),
        "where": address.partition("://")[2].rstrip("/"),
        "qr": {"side": len(modules), "path": qr.path(modules)},
        "still": "still" in request.GET,
    }
    part = "interaction/_wall.html" if live.is_live(request) else "interaction/wall.html"
    return live.named(render(request, part, context), context)
