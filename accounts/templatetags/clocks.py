"""What pages say of clocks: whose they show, and when these are changed."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from ..clock import clocks_change

register = template.Library()


@register.simple_tag
def own_clock() -> bool:
    """Whether this page is made for one reader's clock: their profile's, or the one they chose."""
    return timezone.get_current_timezone_name() != "UTC"


@register.simple_tag
def zone_in_words() -> str:
    """The reader's zone by its city: “Mexico City”."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")


@register.simple_tag
def change_of_clocks(start: datetime, end: datetime | None, zone: str) -> dict[str, Any] | None:
    """When clocks change between now and the end of this: the reader's own first, then those of `zone`.

    Answers the day, and whether they are the `reader`'s.
    """
    now, last = timezone.now(), end or start
    if last <= now:
        return None
    reader, host = timezone.get_current_timezone(), ZoneInfo(zone)
    for clock, readers in ((reader, True), (host, False)):
        day = clocks_change(clock, now, start) or clocks_change(clock, start, last)
        if day:
            return {"day": day.date(), "reader": readers}
    return None
