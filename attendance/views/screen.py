"""The code of a meeting, large: for the beamer, or the screen that is shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import access
from ..check_in.screen import Screen
from .about import about


@never_cache
@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """For who may note attendance. `?still` asks for a page that does not renew itself."""
    meeting = access.meeting_to_take(request, pk)
    context = {
        **about(meeting),
        "screen": Screen(meeting, timezone.now()),
        "still": "still" in request.GET,
    }
    return render(request, "attendance/check_in_screen.html", context)
