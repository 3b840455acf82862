"""What pages say of clocks: whose they show, and when these are changed."""

import re
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .. import clock_words
from ..clock import clocks_change, is_utc
from ..zones import city_of_zone

register = template.Library()
# From one hour to another: never broken at the dash.
HOURS = re.compile(r"\d\d:\d\d–\d\d:\d\d")


@register.simple_tag
def from_to(start: datetime, end: datetime | None, zone: str = "") -> SafeString:
    """From one moment to another by the clock of `zone`, or the reader's when none is named."""
    clock = clock_of(zone)
    return in_one_piece(clock_words.span(*on_clock(clock, start, end)))


@register.simple_tag
def from_to_beside(start: datetime, end: datetime | None, zone: str) -> SafeString:
    """The same by the clock of `zone`, where the reader's was told before it."""
    shown = start.astimezone(timezone.get_current_timezone()).date()
    return in_one_piece(clock_words.span_beside(*on_clock(clock_of(zone), start, end), shown=shown))


def on_clock(clock: tzinfo, start: datetime, end: datetime | None) -> tuple[datetime, datetime | None]:
    return start.astimezone(clock), end.astimezone(clock) if end else None


def clock_of(zone: str) -> tzinfo:
    return ZoneInfo(zone) if zone else timezone.get_current_timezone()


def in_one_piece(words: str) -> SafeString:
    # A dash between two days stays with what ends before it.
    html = escape(words).replace(" – ", "\N{NO-BREAK SPACE}– ")
    return mark_safe(HOURS.sub(r'<span class="nowrap">\g<0></span>', html))


@register.simple_tag
def same_clock(at: datetime, zone: str) -> bool:
    """Whether the clock of `zone` shows at that moment what the reader's shows."""
    return on_clock(ZoneInfo(zone), at, None)[0].utcoffset() == timezone.localtime(at).utcoffset()


@register.simple_tag
def own_clock() -> bool:
    """Whether this page is made for one reader's clock: their profile's, or the one they chose."""
    return not is_utc(timezone.get_current_timezone())


@register.simple_tag
def zone_in_words() -> str:
    """The reader's zone by its city: “Mexico City”."""
    return city_of_zone(timezone.get_current_timezone())


@register.simple_tag
def change_of_clocks(start: datetime, end: datetime | None, zone: str) -> dict[str, object] | None:
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
