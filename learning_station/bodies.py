"""How much anybody may send at once. Proxies hold the same (deploy/Caddyfile, deploy/nginx.conf), but know nobody."""

import re
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

MEGABYTE = 1024 * 1024
MOST = 20 * MEGABYTE  # a document of the largest kind, twice
# The form of an activity takes files of 50 MB for materials (files/uploads.py): two at once, from who may save it.
LARGE_FORM = re.compile(r"(/[a-z]+)?/admin/catalog/activity/")
MOST_FOR_STAFF = 120 * MEGABYTE
MAY_SAVE = ("catalog.add_activity", "catalog.change_activity")


class BodyLimitMiddleware:
    """Stands before whatever reads a form. A body without a length is not read at all, by Django itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length <= MOST:
            return self.get_response(request)
        most = MOST_FOR_STAFF if LARGE_FORM.match(request.path_info) and may_save(request) else MOST
        return self.get_response(request) if length <= most else too_much(request, most)


def may_save(request: HttpRequest) -> bool:
    """Sessions and people are known further in only, after forms were read."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    person = get_user(request)
    return bool(person.is_staff and any(map(person.has_perm, MAY_SAVE)))


def too_much(request: HttpRequest, most: int) -> HttpResponse:
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        page = render_to_string("errors/413.html", {"most": most}).encode()
    # With its length: a proxy that still sends must not wait for more of it.
    headers = {"Content-Length": str(len(page)), "Cache-Control": "no-store"}
    return HttpResponse(page, status=413, headers=headers)
