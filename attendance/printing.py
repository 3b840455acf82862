"""What stands on a sign-in sheet and on name badges."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts import clock_words
from accounts.models import User
from catalog import wording
from catalog.models import Meeting, Session
from desk.alphabet import plain
from outbox.templates import isolated
from papers import drawn, printable
from registrations.clocks import city_of, offset
from registrations.models import Registration
from registrations.undisclosed import UndisclosedPerson

from .door_list import listed

# Lines at the end of a sheet for who comes without having registered.
GUESTS = 6
# A thousand names are drawn in two seconds, in Arabic letters in six; the station's other pages go on meanwhile.
MOST = 2000
# Where printers hold Letter: the United States, Canada, and the countries of Latin America that follow them.
LETTER = {"US", "CA", "MX", "GT", "SV", "HN", "NI", "CR", "PA", "CO", "VE", "CL", "DO", "PR", "PH"}


def sheet(meeting: Meeting, *, now: datetime) -> tuple[bytes, int]:
    """The sheet of a meeting, and how many names are on it."""
    session = meeting.session
    activity, zone = session.activity, session.zone
    start, end = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    rows = [
        {"name": name if printable(name) else "", "origin": one.organization_name}
        for name, one in by_name(listed(meeting))
    ]
    day = clock_words.full_day(start)
    data = {
        "size": size(session),
        "activity": activity.title,
        "meeting": meeting.title,
        "hours": _("%(time)s (%(city)s, %(offset)s)")
        % {"time": clock_words.span(start, end), "city": isolated(city_of(session)), "offset": offset(start)},
        "about": [wording.where(session), *([activity.host.name] if activity.host else [])],
        "foot": f"{isolated(activity.title)} · {day}",
        "rows": rows,
        "guests": GUESTS,
        "words": {
            "kind": _("Sign-in sheet"),
            "columns": [
                pgettext("column of a sign-in sheet", "No."),
                _("Name"),
                _("City or organization"),
                _("Signature"),
            ],
            "guests": _("Guests"),
            "unprintable": _("Please write your name here"),
            "page": _("Page {page} of {pages}"),
        },
    }
    title = _("Sign-in sheet: %(activity)s, %(day)s") % {"activity": activity.title, "day": day}
    return made("sheet", data, title, session, now), len(rows)


def badges(session: Session, *, now: datetime) -> tuple[bytes, int]:
    """The badges of who has a place in a session, and how many. A name that no font has, or that is not disclosed, is a line
    to write it on."""
    zone, activity = session.zone, session.activity
    people = by_name(session.registrations.confirmed().select_related("person__organization"))
    first, last = session.starts_at.astimezone(zone).date(), session.ends_at.astimezone(zone).date()
    known = [{"name": name_on_badge(one), "origin": origin(one)} for _name, one in people]
    data = {
        "size": size(session),
        "activity": activity.title,
        "dates": clock_words.days(first, last),
        "badges": known,
    }
    title = _("Name badges: %(activity)s") % {"activity": activity.title}
    return made("badges", data, title, session, now), len(known)


def by_name(registrations: Iterable[Registration]) -> list[tuple[str, User | UndisclosedPerson]]:
    """The names of people as the host may see them, in alphabetical order."""
    people = [(str(one.seen), one.pk, one.seen) for one in registrations]
    people.sort(key=lambda one: (plain(one[0]), one[1]))
    return [(name, who) for name, _pk, who in people]


def name_on_badge(who: User | UndisclosedPerson) -> str:
    disclosed = isinstance(who, User) and who.name
    return who.name if disclosed and printable(who.name) else ""


def origin(who: User | UndisclosedPerson) -> str:
    """“Dakar, Senegal”."""
    organization = who.organization
    country = organization.country_name if organization else who.country.name
    return ", ".join(isolated(part) for part in (who.organization_name, str(country)) if part)


def size(session: Session) -> str:
    host = session.activity.host
    return "us-letter" if host and str(host.country) in LETTER else "a4"


def made(kind: str, data: Mapping[str, object], title: str, session: Session, now: datetime) -> bytes:
    host = session.activity.host
    return drawn(
        f"attendance/papers/{kind}.typ",
        data,
        title=title,
        author=host.name if host else _("Learning Station"),
        country=str(host.country) if host else "",
        now=now,
    )
