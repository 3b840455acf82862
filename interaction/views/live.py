"""What every page that renews itself shares: its script asks for a part of it, with the name of what it has."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect

from accounts.http import PersonRequest
from catalog.models import Meeting
from registrations.clocks import city_of
from texts.refusals import Refused

from .. import versions
from ..showing import ORDERS

LIVE = "live"


def nothing_new(request: PersonRequest, meeting: int) -> HttpResponse | None:
    """The answer to a script that has what there is. PostgreSQL is asked for the sign-in alone."""
    if LIVE not in request.GET or not versions.is_unchanged(request, meeting):
        return None
    answer = HttpResponseNotModified()
    answer["ETag"] = request.headers["If-None-Match"]
    return answer


def is_live(request: HttpRequest) -> bool:
    return LIVE in request.GET


def order_of(asked: str) -> str:
    return asked if asked in ORDERS else ORDERS[0]


def about(request: PersonRequest, meeting: Meeting, version: str | None, **asked: str) -> dict[str, object]:
    """`live` is the address of the part that renews itself, `etag` the name of what the page shows. `place` is the city
    whose clock the hours are on."""
    session = meeting.session
    live = f"{request.path}?{urlencode({**asked, LIVE: ''})}"
    return {
        "meeting": meeting,
        "session": session,
        "activity": session.activity,
        "place": city_of(session),
        "live": live,
        "etag": versions.etag(version, request.user.pk, live) if version else "",
    }


def named(answer: HttpResponse, context: dict[str, object]) -> HttpResponse:
    if context["etag"]:
        answer["ETag"] = str(context["etag"])
    return answer


def wants_no_page(request: HttpRequest) -> bool:
    """Whether a script pressed the button."""
    return request.headers.get("Accept") == "application/json"


def done(request: HttpRequest, to: str, refusal: Refused | None = None) -> HttpResponse:
    """After a press: back to the page it was on; to a script, why it was refused, if it was."""
    if wants_no_page(request):
        refused = refusal.sentence if refusal else ""
        return JsonResponse({"refused": refused}, status=409 if refusal else 200)
    if refusal:
        messages.error(request, refusal.sentence)
    return redirect(to)
