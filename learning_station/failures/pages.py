"""The pages for our own failures. They ask for nothing that could fail once more: no database, no session, no person."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from accounts.expired_forms import MOST_KEPT, may_be_sent_again, typed

from .away import database_is_away, files_are_away

RETRY_AFTER = 30  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the failure is being handled: 503 when a later try may well succeed, else 500."""
    common = {"told": bool(settings.ERRORS_TO or settings.SENTRY_DSN)}
    # Without the request: what every other page knows of it may be what fails.
    files = files_are_away(sys.exception())
    if not files and not database_is_away(sys.exception()):
        return HttpResponse(render_to_string("500.html", common), status=500)
    form = what_was_sent(request)
    context: dict[str, object] = {**common, "files": files, "form": form, "sent": request.method == "POST"}
    if form:
        context["csrf_token"] = get_token(request)
    response = HttpResponse(render_to_string("errors/503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def what_was_sent(request: HttpRequest) -> dict[str, object] | None:
    """The form, to be sent once more. None for one that must not be, and where another site may have sent it."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return None
    if request.resolver_match is None:  # it failed before the address was looked at
        try:
            request.resolver_match = resolve(request.path_info)
        except Resolver404:
            return None
    fields = typed(request)
    secret = any("password" in name for name, _value in fields)
    length = sum(len(value) for _name, value in fields)
    if secret or length > MOST_KEPT or not may_be_sent_again(request):
        return None
    return {"to": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
