"""Moments in words: in the reader's clock, with the host's clock beside it (promise 3 of the design).

Zones are told as a city and its offset from UTC at that moment, never as an abbreviation such as “CST”, which
names four zones.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import clock_words
from accounts.clock import is_utc
from accounts.zones import city_of_zone
from catalog.models import Session
from outbox.templates import isolated


@dataclass(frozen=True)
class Stretch:
    """A stretch of time as one reader sees it."""

    yours: str
    theirs: str  # empty when both clocks show the same
    clocks_change: bool = False  # the reader's clocks change between now and then

    def __str__(self) -> str:
        return f"{self.yours} · {self.theirs}" if self.theirs else self.yours


def stretch(
    starts_at: datetime, ends_at: datetime, *, reader: tzinfo, host: tzinfo, city: str, now: datetime
) -> Stretch:
    """From `starts_at` to `ends_at` in the reader's zone, and in the host's, whose clock is that of `city`."""
    here, there = starts_at.astimezone(reader), starts_at.astimezone(host)
    same = here.utcoffset() == there.utcoffset()
    yours = _("%(time)s (%(city)s, %(offset)s)") % {
        "time": clock_words.span(here, ends_at.astimezone(reader)),
        "city": isolated(city if same else city_of_zone(reader)),
        "offset": offset(here),
    }
    return Stretch(
        yours=yours,
        theirs="" if same else host_span(here, there, ends_at.astimezone(host), city),
        clocks_change=now.astimezone(reader).utcoffset() != here.utcoffset(),
    )


def host_span(here: datetime, there: datetime, until: datetime, city: str) -> str:
    """The host's side of a stretch. It names the day only where that differs from the reader's."""
    if here.date() == there.date() == until.date():
        time = clock_words.hours(there, until)
    else:
        time = clock_words.span(there, until)
    return _("%(time)s in %(city)s (%(offset)s)") % {
        "time": time,
        "city": isolated(city),
        "offset": offset(there),
    }


def moment(at: datetime, session: Session) -> str:
    """A moment in the clock that is set, with the host's beside it; the host's alone where no clock is set."""
    reader, there = timezone.get_current_timezone(), at.astimezone(session.zone)
    here = at.astimezone(reader)
    host = {"city": isolated(city_of(session)), "offset": offset(there)}
    if is_utc(reader) or here.utcoffset() == there.utcoffset():
        return _("%(time)s (%(city)s, %(offset)s)") % {"time": clock_words.moment(there), **host}
    host["time"] = clock_words.hour(there) if here.date() == there.date() else clock_words.moment(there)
    return _("%(here)s your time, %(there)s") % {
        "here": clock_words.moment(here),
        "there": _("%(time)s in %(city)s (%(offset)s)") % host,
    }


def days_away(at: datetime, *, reader: ZoneInfo, now: datetime) -> int:
    """Nights between now and then in the reader's clock: 0 is today, 1 tomorrow."""
    return (at.astimezone(reader).date() - now.astimezone(reader).date()).days


def offset(at: datetime) -> str:
    """“UTC+5:30”, as it is at that moment."""
    delta = at.utcoffset()
    if delta is None:
        raise ValueError("A moment without a zone has no offset.")
    minutes = round(delta.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def city_of(session: Session) -> str:
    """The city whose clock is the session's."""
    host = session.activity.host
    if host and host.timezone == session.timezone:
        return host.city
    return city_of_zone(session.zone)
