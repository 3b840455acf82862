"""Serve public pages whole from the cache.

A page is kept when its view says so (`@cached_page`), for visitors without a session, by its full address. It costs one read
of the cache: the page and the current edition come together. A page made in an older edition counts as old, so a change by
staff is seen by the next visitor; what changes by the clock alone (a registration that opens) lags FRESH_SECONDS at most.

An old page lies on for a day. When the page cannot be made anew, because the database is away, it is still shown.
"""

import gzip
import hashlib
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypedDict

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from .bounded_keys import bounded_key
from .edition import EDITION_KEY, current_edition

logger = logging.getLogger(__name__)

# How long a page is kept whole: shown as it is, and lying on for when none can be made.
FRESH_SECONDS = 30
STALE_SECONDS = int(timedelta(days=1).total_seconds())
# Addresses with a question (`?q=…`) can be invented without end, so they have few keys, apart from the others. A page of
# the station takes 5 to 20 kB: all together hold less than 100 MB.
MOST_PAGES = 4096
MOST_QUESTIONS = 1024
MOST_BYTES = 100_000  # compressed; a larger one is made each time
# A visitor with one of these is shown something of their own.
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, settings.ZONE_COOKIE_NAME, settings.MESSAGES_COOKIE_NAME}
KEPT_HEADERS = ("Content-Type", "Content-Language", "Link", "Last-Modified", "X-Frame-Options")


class Page(TypedDict):
    address: str
    made_at: float  # seconds since 1970
    edition: str | None
    gzipped: bytes
    headers: dict[str, str]
    etag: str


class PageCacheMiddleware:
    """Stands inside GZipMiddleware, which leaves what is compressed already as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not PERSONAL_COOKIES.isdisjoint(request.COOKIES):
            return self.get_response(request)
        address = address_of(request)
        key = key_of(request, address)
        cached = cache.get_many([EDITION_KEY, key])
        # Read before the page is made: what changes meanwhile then makes this page an old one.
        edition = cached.get(EDITION_KEY) or current_edition()
        page: Page | None = cached.get(key)
        if page and page["address"] != address:
            page = None  # another address's, under the same key
        if page and page["edition"] == edition and 0 <= time.time() - page["made_at"] < FRESH_SECONDS:
            return answer(request, page)
        response = self.get_response(request)
        if page and response.status_code == 503:
            logger.warning("Shown as it was made %.0f s ago: %s", time.time() - page["made_at"], request.path)
            return answer(request, page)
        if not is_for_everyone(response):
            if page and response.status_code in (404, 410):
                cache.delete(key)  # withdrawn: not to be shown again, whatever happens
            return response
        page = page_of(response, address, edition)
        if edition is not None and request.method == "GET" and len(page["gzipped"]) <= MOST_BYTES:
            cache.set(key, page, timeout=STALE_SECONDS)
        return answer(request, page)


def address_of(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}{request.get_full_path()}"


def key_of(request: HttpRequest, address: str) -> str:
    if request.META.get("QUERY_STRING"):
        return bounded_key("page-asked", address, MOST_QUESTIONS)
    return bounded_key("page-whole", address, MOST_PAGES)


def is_for_everyone(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and getattr(response, "may_be_cached", False)
        and not response.cookies
        and not response.streaming
    )


def page_of(response: HttpResponse, address: str, edition: str | None) -> Page:
    return {
        "address": address,
        "made_at": time.time(),
        "edition": edition,
        "gzipped": gzip.compress(response.content, compresslevel=6, mtime=0),
        "headers": {name: response[name] for name in KEPT_HEADERS if name in response},
        "etag": f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"',
    }


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page with validators: browsers and proxies may keep it whole and ask again each time (RFC 9111, 5.2.2.4)."""
    if page["etag"] in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page["gzipped"], headers={**page["headers"], "Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(page["gzipped"]), headers=page["headers"])
    if response.content:
        response["Content-Length"] = str(
            len(response.content)
        )  # CommonMiddleware, which would say so, stands inside
    response["ETag"] = page["etag"]
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Accept-Encoding, Cookie"
    return response
