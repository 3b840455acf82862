"""Sessions as calendar entries: iCalendar (RFC 5545) and its scheduling methods (RFC 5546).

A session is one entry with one UID for its whole life, in letters, files and feeds alike; docs/decisions/0002
says why. Who sends an entry again raises its SEQUENCE, so that calendar programs take the newer for the
older.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vRecur

from accounts.models import User
from outbox.rendering import fitting

from .models import Meeting, Session
from .vtimezones import vtimezone

LONGEST_HOST = 120  # of the name that we write in, beside our own
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def session_event(
    session: Session,
    *,
    language: str,
    zone: str | None = None,
    sequence: int | None = None,
    method: str | None = None,
    link: str = "",
    note: str = "",
    page: str = "",
    attendee: User | None = None,
) -> list[Event]:
    """The session as VEVENTs: one, or for several meetings a master and an override for each.

    Times are written in the session's own zone unless `zone` names another. `sequence` is the session's
    unless a person's own entry is meant. `link` and `note` say how to join, for those who may know; `page` is
    where the entry leads (the activity's page when none is given). With an `attendee` it is a scheduling
    message to them.
    """
    with translation.override(language):
        entry = Entry(
            session, ZoneInfo(zone or session.timezone), sequence, method, link, note, page, attendee
        )
        return entry.events()


# A row that came past the door spoils no file: RFC 5545, 3.1 has no control characters but these.
NO_TEXT = bytes(set(range(32)) - set(b"\t\r\n")) + b"\x7f"


def calendar_file(events: Iterable[Event], *, method: str = PUBLISH, name: str = "") -> bytes:
    """The events as one .ics file, with the VTIMEZONE of every zone they use."""
    events = list(events)
    file = Calendar()
    file.add("PRODID", f"-//{settings.STATION_NAME}//{host_of_site()}//EN")
    file.add("VERSION", "2.0")
    file.add("CALSCALE", "GREGORIAN")
    file.add("METHOD", method)
    if name:
        file.add("NAME", name)
        file.add("X-WR-CALNAME", name)
        file.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        file.add("X-PUBLISHED-TTL", timedelta(hours=1))
    for tzid, years in zones_and_years(events).items():
        file.add_component(vtimezone(tzid, min(years), max(years)))
    for event in events:
        file.add_component(event)
    return file.to_ical().translate(None, NO_TEXT)


def zones_and_years(events: Iterable[Event]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for event in events:
        for name in ("DTSTART", "DTEND"):
            moment = event.decoded(name)
            if isinstance(moment, datetime) and isinstance(moment.tzinfo, ZoneInfo):
                found[moment.tzinfo.key].add(moment.year)
    return found


def uid(session: Session) -> str:
    return f"session-{session.uid}@{host_of_site()}"


def host_of_site() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


class Entry:
    """One session on its way to become VEVENTs, in the language that is active."""

    def __init__(
        self,
        session: Session,
        zone: ZoneInfo,
        sequence: int | None,
        method: str | None,
        link: str,
        note: str,
        page: str,
        attendee: User | None,
    ):
        self.session = session
        self.activity = session.activity
        self.zone = zone
        self.sequence = session.sequence if sequence is None else sequence
        self.cancelled = method == CANCEL or session.is_cancelled
        self.link = link
        self.note = note
        self.page = page or settings.SITE_URL + session.get_absolute_url()
        self.attendee = attendee
        self.stamp = timezone.now().replace(microsecond=0)

    def events(self) -> list[Event]:
        if self.session.self_paced:
            return [self.last_day()]
        meetings = list(self.session.meetings.all()) or [whole(self.session)]
        if len(meetings) == 1:
            return [self.event(meetings[0])]
        # A cancellation is of the whole series, so the master says it all (RFC 5546, 3.2.5).
        overrides = [] if self.cancelled else [self.override(meeting) for meeting in meetings]
        return [self.master(meetings), *overrides]

    def event(self, meeting: Meeting) -> Event:
        event = self.common()
        event.add("DTSTART", self.clock(meeting.starts_at))
        event.add("DTEND", self.clock(meeting.ends_at))
        return event

    def master(self, meetings: Sequence[Meeting]) -> Event:
        event = self.event(meetings[0])
        starts = [self.clock(meeting.starts_at) for meeting in meetings]
        rule = rhythm(starts)
        if rule:
            event.add("RRULE", rule)
        else:
            event.add("RDATE", starts[1:])
        return event

    def override(self, meeting: Meeting) -> Event:
        event = self.event(meeting)
        event.add("RECURRENCE-ID", self.clock(meeting.starts_at))
        if meeting.title:
            del event["SUMMARY"]
            event.add("SUMMARY", f"{self.title()}: {meeting.title}")
        return event

    def last_day(self) -> Event:
        """A course to take at one's own pace fills no calendar for weeks: its last day is marked."""
        last_moment = self.session.ends_at - timedelta(microseconds=1)
        last: date = last_moment.astimezone(self.zone).date()
        event = self.common()
        event.add("DTSTART", last)
        event.add("DTEND", last + timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
        return event

    def common(self) -> Event:
        event = Event()
        event.add("UID", uid(self.session))
        event.add("DTSTAMP", self.stamp)
        event.add("SEQUENCE", self.sequence)
        event.add("SUMMARY", self.title())
        event.add("DESCRIPTION", self.description())
        event.add("LOCATION", self.session.place or self.link or _("Online"))
        event.add("URL", self.page)
        event.add("STATUS", "CANCELLED" if self.cancelled else "CONFIRMED")
        if self.attendee:
            event["ORGANIZER"] = self.organizer()
            event.add("ATTENDEE", address_of(self.attendee), encode=False)
        return event

    def title(self) -> str:
        title = self.activity.title
        if self.session.label:
            title = f"{title} ({self.session.label})"
        if self.session.self_paced:
            return _("Course open until today: %(title)s") % {"title": title}
        return title

    def description(self) -> str:
        lines = [self.activity.summary, _("Offered by %(host)s.") % {"host": self.activity.host_name}]
        if self.link:
            lines.append(_("Join here: %(link)s") % {"link": self.link})
        if self.note:
            lines.append(self.note)
        lines.append(_("All about it: %(address)s") % {"address": self.page})
        return "\n\n".join(line for line in lines if line)

    def organizer(self) -> vCalAddress:
        """Us, not the host: answers to an invitation must come from where it was sent (RFC 5546, 1.4)."""
        organizer = vCalAddress(f"mailto:{parseaddr(settings.LETTERS_FROM)[1]}")
        organizer.params["CN"] = from_name(self.session)
        return organizer

    def clock(self, at: datetime) -> datetime:
        """The moment in the entry's zone. An hour that the clocks pass twice means the first time there, so the second is
        written in UTC."""
        local = at.astimezone(self.zone)
        return at.astimezone(UTC) if local.fold else local


def from_name(session: Session) -> str:
    """In whose name we write, in the language that is active. A very long one is cut, so that our own is there too."""
    return _("%(host)s via %(station)s") % {
        "host": fitting(session.activity.host_name, LONGEST_HOST),
        "station": settings.STATION_NAME,
    }


def address_of(person: User) -> vCalAddress:
    """They registered, so they have accepted; nobody reads answers, so none is asked for."""
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["CN"] = str(person)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def rhythm(starts: Sequence[datetime]) -> vRecur | None:
    """The rule of meetings that come every so many days at the same hour. Outlook knows rules, but no lists of dates."""
    zone = starts[0].tzinfo
    if any(start.tzinfo is not zone for start in starts):
        return None
    wall = [start.replace(tzinfo=None) for start in starts]
    gaps = {later - earlier for earlier, later in pairwise(wall)}
    if len(gaps) != 1:
        return None
    gap = gaps.pop()
    if gap % timedelta(days=1):
        return None
    weeks, days = divmod(gap.days, 7)
    pace: dict[str, Any] = (
        {"FREQ": "DAILY", "INTERVAL": gap.days} if days else {"FREQ": "WEEKLY", "INTERVAL": weeks}
    )
    return vRecur(pace | {"COUNT": len(starts)})


def whole(session: Session) -> Meeting:
    """A session whose meetings are not set yet is one meeting from start to end."""
    return Meeting(session=session, starts_at=session.starts_at, ends_at=session.ends_at)
