"""Public pages kept whole in the cache (promise 6 of the design).

A page is kept when its view says so (`@kept`), for visitors without a session, by its full address. It costs one read of the
cache: the page and the current edition come together. A page made in an older edition counts as not there, so a change by
staff is seen by the next visitor; what changes by the clock alone (a registration that opens) is at most KEEP_SECONDS old.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag

from .edition import EDITION_KEY, current_edition

KEEP_SECONDS = 30


class KeptPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method not in ("GET", "HEAD")
            or settings.SESSION_COOKIE_NAME in request.COOKIES
        ):
            return self.get_response(request)
        key = page_key(request)
        found = cache.get_many([EDITION_KEY, key])
        page = found.get(key)
        # Read before the page is made: what changes meanwhile makes the page old, never wrong for long.
        edition = found.get(EDITION_KEY) or current_edition()
        if page and page["edition"] == edition:
            return answer(request, page)
        response = self.get_response(request)
        if not is_for_everyone(response):
            return response
        page = {
            "edition": edition,
            "content": response.content,
            "headers": {
                name: value
                for name, value in response.items()
                if name in ("Content-Type", "Content-Language")
            },
            "etag": quote_etag(hashlib.sha256(response.content).hexdigest()[:32]),
        }
        if edition is not None:
            cache.set(key, page, timeout=KEEP_SECONDS)
        return answer(request, page)


def page_key(request: HttpRequest) -> str:
    address = f"{request.get_host()}{request.get_full_path()}"
    return "page:" + hashlib.sha256(address.encode()).hexdigest()


def is_for_everyone(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and getattr(response, "may_be_kept", False)
        and not response.cookies
        and not response.streaming
    )


def answer(request: HttpRequest, page: dict) -> HttpResponse:
    """The page, with validators so that browsers and proxies may keep it and ask again each time (RFC 9111, 5.2.2.4)."""
    if request.headers.get("If-None-Match") == page["etag"]:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page["content"], headers=page["headers"])
    response["ETag"] = page["etag"]
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response
