"""Days and hours in words, in the language that is active, as every page and letter writes them.

Each function takes moments as they are shown: in the zone whose clock is meant.
"""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from texts.rows import as_read


def full_day(at: date) -> str:
    """“Friday 11 December 2026”."""
    return date_format(at, pgettext("date format: weekday, day, month, year", "l j F Y"))


def day(at: date) -> str:
    """“11 December 2026”."""
    return date_format(at, pgettext("date format: day, month, year", "j F Y"))


def days(first: date, last: date) -> str:
    """“15 November to 20 December 2026”, “1 to 4 December 2026”, “4 December 2026”: within a sentence."""
    if first == last:
        return day(last)
    if first.year != last.year:
        begins = day(first)
    elif first.month != last.month:
        begins = date_format(first, pgettext("date format: day, month", "j F"))
    else:
        begins = date_format(first, pgettext("date format: day", "j"))
    return pgettext("days, within a sentence", "%(first)s to %(last)s") % {"first": begins, "last": day(last)}


def hour(at: datetime) -> str:
    return date_format(at, pgettext("date format: hour", "H:i"))


def moment(at: datetime) -> str:
    """“Friday 11 December 2026, 16:00”."""
    return day_and_hours(at, hour(at))


def span(start: datetime, end: datetime | None) -> str:
    """“Friday 11 December 2026, 16:00–17:30”; the day is named twice where midnight lies between."""
    if end is None:
        return moment(start)
    if start.date() == end.date():
        return day_and_hours(start, hours(start, end))
    return f"{moment(start)} – {moment(end)}"


def span_beside(start: datetime, end: datetime | None, *, shown: date) -> str:
    """The same in another place's clock, where `shown` is the day that was just told.

    “08:00–09:30”, “Saturday 08:00–09:30” and, over midnight, “Friday 23:30 – Saturday 01:00”.
    """
    if end and end - start >= timedelta(days=1):
        return span(start, end)
    time = hours(start, end) if end and start.date() == end.date() else hour(start)
    first = time if start.date() == shown else f"{weekday(start)} {time}"
    if end is None or start.date() == end.date():
        return first
    return f"{first} – {weekday(end)} {hour(end)}"


def weekday(at: date) -> str:
    return date_format(at, "l")


def hours(start: datetime, end: datetime) -> str:
    """“16:00–17:30”."""
    return as_read(f"{hour(start)}–{hour(end)}")


def day_and_hours(at: datetime, hours: str) -> str:
    return _("%(day)s, %(hours)s") % {"day": full_day(at), "hours": hours}


def length(minutes: int) -> str:
    """“20 hours”, “45 minutes”, “6 h 30 min”."""
    whole, rest = divmod(minutes, 60)
    if whole and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest}
    if whole:
        return ngettext("%(hours)d hour", "%(hours)d hours", whole) % {"hours": whole}
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", rest) % {"minutes": rest}
