"""Facts about activities and sessions in words, in the language of the page."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.clock_words import day, days, span
from accounts.models import User
from outbox.templates import isolated
from texts.languages import language_name
from texts.rows import listed

from .hours import Hours
from .models import Session

AUDIENCES: dict[str, Promise] = {
    User.Profile.TECHNICAL: gettext_lazy("Technical officials"),
    User.Profile.ELECTED: gettext_lazy("Elected officials"),
}
# Spanish says “árabe e inglés”, but “agua y hielo”.
SOUND_OF_I = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)
# On which day of each week; Monday first.
WEEKLY: list[Promise] = [
    pgettext_lazy("each week", "Mondays"),
    pgettext_lazy("each week", "Tuesdays"),
    pgettext_lazy("each week", "Wednesdays"),
    pgettext_lazy("each week", "Thursdays"),
    pgettext_lazy("each week", "Fridays"),
    pgettext_lazy("each week", "Saturdays"),
    pgettext_lazy("each week", "Sundays"),
]
ELIGIBILITY: dict[str, Promise] = {
    Session.Eligibility.MEMBERS_FIRST: gettext_lazy("Members first"),
    Session.Eligibility.MEMBERS_ONLY: gettext_lazy("Members only"),
    Session.Eligibility.INVITED: gettext_lazy("By invitation"),
}


class HeldDates(Protocol):
    held_on: date | None
    held_until: date | None
    held_note: str
    ends_at: datetime | None


def spoken(languages: Iterable[str], interpretation: Iterable[str]) -> str:
    """“English, with interpretation into French and Spanish”."""
    here = in_a_row([language_name(code) for code in languages])
    into = in_a_row([language_name(code) for code in interpretation])
    if here and into:
        return _("%(languages)s, with interpretation into %(interpretation)s") % {
            "languages": here,
            "interpretation": into,
        }
    return here


def in_a_row(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    words = {"names": listed(names[:-1]), "last": names[-1]}
    if SOUND_OF_I.match(names[-1]):
        return pgettext("before the sound of i", "%(names)s and %(last)s") % words
    return _("%(names)s and %(last)s") % words


def for_whom(audiences: Iterable[str]) -> str:
    named = list(audiences)
    return str(AUDIENCES[named[0]]) if len(named) == 1 else _("Technical and elected officials")


def audience(audiences: Iterable[str], eligibility: str = "") -> str:
    """Whom it is for, where it is not for all."""
    named = list(audiences)
    words = [str(AUDIENCES[named[0]])] if len(named) == 1 else []
    if eligibility in ELIGIBILITY:
        words.append(str(ELIGIBILITY[eligibility]))
    return " · ".join(
        words
    )  # two facts, no enumeration: a comma is another sign, or “and”, in other languages


def where(session: Session, venue: str = "") -> str:
    """“City Hall, and online”: at its place, online or both, as letters, pages and calendars say it.

    The place is named in another language where the reader's has none. `venue` is that name as it is set among other
    words, where the marks of plain text do not do: see the filter `where`.
    """
    if not session.place:
        return _("Online")
    if not session.joining_link:
        return venue or session.place
    return _("%(venue)s, and online") % {"venue": venue or isolated(session.place)}


def place_of_clock(zone: str, host_zone: str, city: str) -> str:
    """The city whose clock a session is told by: the host's, or the one that gives its zone the name."""
    return city if zone == host_zone and city else zone.rsplit("/", 1)[-1].replace("_", " ")


def when_held(activity: HeldDates, zone: str | None) -> str:
    """When something past took place, as far as it is known."""
    first, last = activity.held_on, activity.held_until
    if not first:
        if not activity.ends_at:
            return activity.held_note or _("Date not known")
        first = activity.ends_at.astimezone(ZoneInfo(zone or "UTC")).date()
    if last and last != first:
        return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    return day(first)


def dates(hours: Sequence[Hours], zone: str) -> str:
    """The days of a series, on the host's clock: “6 weeks, Sundays, 15 November to 20 December 2026”. Empty for one
    meeting."""
    if len(hours) < 2:
        return ""
    on = sorted({start.astimezone(ZoneInfo(zone)).date() for start, _end in hours})
    gaps = {later - earlier for earlier, later in pairwise(on)}
    words: dict[str, Any] = {"count": len(on), "dates": days(on[0], on[-1])}
    if gaps == {timedelta(weeks=1)}:
        words["weekday"] = WEEKLY[on[0].weekday()]
        return (
            ngettext(
                "%(count)d week, %(weekday)s, %(dates)s", "%(count)d weeks, %(weekday)s, %(dates)s", len(on)
            )
            % words
        )
    if gaps == {timedelta(days=1)}:
        return ngettext("%(count)d day, %(dates)s", "%(count)d days, %(dates)s", len(on)) % words
    words["count"] = len(hours)
    return ngettext("%(count)d meeting, %(dates)s", "%(count)d meetings, %(dates)s", len(hours)) % words


def window(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """The days of a window, on the host's clock; its last moment belongs to it no more."""
    first, last = (
        moment.astimezone(ZoneInfo(zone)).date()
        for moment in (starts_at, ends_at - timedelta(microseconds=1))
    )
    return _("At your own pace, %(dates)s") % {"dates": days(first, last)}


def from_to(starts_at: datetime, ends_at: datetime, zone: str, place: str) -> str:
    """“Wednesday 2 December 2026, 16:00–17:30 Seoul time”, by the host's clock."""
    start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (starts_at, ends_at))
    return _("%(time)s %(place)s time") % {"time": span(start, end), "place": place}
