from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .zones import current_name, zone_names


class ReadersClockMiddleware:
    """Times are shown in the reader's own zone: the profile's, or the one a visitor chose at /time-zone/.

    Any other visitor's page knows no personal clock, and is the same for all of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = readers_zone(request)
        if zone:
            with timezone.override(zone):
                return self.get_response(request)
        return self.get_response(request)


def readers_zone(request: HttpRequest) -> ZoneInfo | None:
    if request.user.is_authenticated:
        return request.user.zone if request.user.timezone else None
    chosen = chosen_zone(request)
    return ZoneInfo(chosen) if chosen else None


def chosen_zone(request: HttpRequest) -> str:
    """What the visitor chose at /time-zone/. A cookie may hold anything: only the zones we offer count."""
    name = current_name(request.COOKIES.get(settings.ZONE_COOKIE_NAME, ""))
    return name if name in zone_names() else ""


def is_utc(zone: tzinfo) -> bool:
    """UTC stands for “not known”: the clock of visitors, and of people who have not told theirs."""
    return str(zone) == "UTC"


def clocks_change(zone: tzinfo, now: datetime, then: datetime) -> datetime | None:
    """The minute, in that zone, at which its clocks come to show what they will show `then`; None when they do already."""
    before, after = now.astimezone(zone), then.astimezone(zone)
    if before.utcoffset() == after.utcoffset():
        return None
    # Between two moments whose offsets differ there is a change: halve the time until it is found.
    early, late = sorted([now, then])
    goal = late.astimezone(zone).utcoffset()
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == goal:
            late = middle
        else:
            early = middle
    return late.astimezone(zone)
