from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from proposals import readers

from .. import access
from ..queue import Queue


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    person = access.at_the_desk(request)
    return render(
        request,
        "reviews/queue.html",
        {
            "section": "proposals",
            "queue": Queue(person, request.GET),
            "sees_board": readers.sees_board(person),
        },
    )
