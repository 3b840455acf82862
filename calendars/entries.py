"""Sessions as calendar entries: iCalendar (RFC 5545) and its scheduling methods (RFC 5546).

A session is one entry with one UID for its whole life, in letters, files and feeds alike; docs/decisions/0002
says why. Who sends an entry again raises its SEQUENCE, so that calendar programs take the newer for the
older.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vRecur

from accounts.models import User
from catalog.models import Meeting, Session
from catalog.wording import where
from outbox.rendering import fitting
from outbox.templates import isolated

from .series import series_of
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
    """The session as VEVENTs: one, or for several meetings a master and an override for each that differs from it.

    Times are written in the session's own zone unless `zone` names another; in UTC where that zone's clocks would leave a
    doubt. `sequence` is the session's
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


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    """The file as an answer that a browser saves, or opens with the calendar program."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


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
        # RFC 7986, 5.7; and what Outlook reads, [MS-OXCICAL] 2.1.3.1.1.8, which the library knows no type for.
        file.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        file.add("X-PUBLISHED-TTL", "PT1H")
    for tzid, years in zones_and_years(events).items():
        file.add_component(vtimezone(tzid, min(years), max(years)))
    for event in events:
        file.add_component(event)
    written: bytes = file.to_ical()
    return written.translate(None, NO_TEXT)


def zones_and_years(events: Iterable[Event]) -> dict[str, set[int]]:
    years_by_zone: dict[str, set[int]] = defaultdict(set)
    for event in events:
        for moment in moments_in(event):
            if isinstance(moment.tzinfo, ZoneInfo):
                years_by_zone[moment.tzinfo.key].add(moment.year)
    return years_by_zone


def moments_in(event: Event) -> Iterator[datetime]:
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        moment = event.decoded(name, None)
        if isinstance(moment, datetime):
            yield moment
    left_out: Any = event.get("EXDATE")
    if left_out:
        yield from (value.dt for value in left_out.dts)


def uid(session: Session) -> str:
    return f"session-{session.uid}@{host_of_site()}"


def host_of_site() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


class Entry:
    """One session on its way to become VEVENTs, in the language that is active."""

    def __init__(
        self,
        session: Session,
        zone: tzinfo,
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
        self.method = method
        self.cancelled = method == CANCEL or session.is_cancelled
        self.link = link
        self.note = note
        self.page = page or settings.SITE_URL + session.get_absolute_url()
        self.attendee = attendee
        self.stamp = timezone.now().replace(microsecond=0)

    def events(self) -> list[Event]:
        if self.session.self_paced:
            return [self.last_day()]
        meetings = sorted(
            self.session.meetings.all() or [whole(self.session)], key=lambda meeting: meeting.starts_at
        )
        if not all(
            is_plain(at, self.zone) for meeting in meetings for at in (meeting.starts_at, meeting.ends_at)
        ):
            self.zone = UTC
        if len(meetings) == 1:
            return [self.event(meetings[0])]
        return self.series(meetings)

    def event(self, meeting: Meeting) -> Event:
        event = self.common()
        event.add("DTSTART", self.clock(meeting.starts_at))
        event.add("DTEND", self.clock(meeting.ends_at))
        return event

    def series(self, meetings: Sequence[Meeting]) -> list[Event]:
        """A master that keeps to a rule from the first meeting on, and what differs from it."""
        series = series_of([self.clock(meeting.starts_at).replace(tzinfo=None) for meeting in meetings])
        slots, left_out = self.moments(series.slots), self.moments(series.left_out)
        if not all(is_plain(at, self.zone) for at in [*slots, *left_out]):
            self.zone = UTC
            return self.series(meetings)
        master = self.event(meetings[0])
        master.add("RRULE", vRecur(series.rule))
        if left_out:
            master.add("EXDATE", left_out)
        # A cancellation is of the whole series, so the master says it all (RFC 5546, 3.2.5).
        if self.method == CANCEL:
            return [master]
        lasts = meetings[0].ends_at - meetings[0].starts_at
        overrides = [
            self.override(meeting, slot)
            for meeting, slot in zip(meetings, slots, strict=True)
            if meeting.title or meeting.starts_at != slot or meeting.ends_at - meeting.starts_at != lasts
        ]
        return [master, *overrides]

    def moments(self, walls: Iterable[datetime]) -> list[datetime]:
        return [wall.replace(tzinfo=self.zone) for wall in walls]

    def override(self, meeting: Meeting, slot: datetime) -> Event:
        event = self.event(meeting)
        event.add("RECURRENCE-ID", slot)
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
        event.add("LOCATION", self.location())
        event.add("URL", self.page)
        event.add("STATUS", "CANCELLED" if self.cancelled else "CONFIRMED")
        event["ORGANIZER"] = self.organizer()  # also of what is published (RFC 5546, 3.2.1)
        if self.attendee:
            event.add("ATTENDEE", attendee_of(self.attendee), encode=False)
        return event

    def title(self) -> str:
        title = self.activity.title
        if self.session.label:
            title = f"{title} ({self.session.label})"
        if self.session.self_paced:
            return _("Course open until today: %(title)s") % {"title": isolated(title)}
        return title

    def location(self) -> str:
        """Where one goes. What is online only is at its link, for those who may know it."""
        return (not self.session.place and self.link) or where(self.session)

    def description(self) -> str:
        lines = [
            self.activity.summary,
            _("Offered by %(host)s.") % {"host": isolated(self.activity.host_name)},
        ]
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
        return at.astimezone(self.zone)


def is_plain(at: datetime, zone: tzinfo) -> bool:
    """Whether the zone's clocks show this hour once: neither twice, which programs read now as the first and now as the
    second, nor never, as where a rule's date meets the hour that is skipped."""
    local = at.astimezone(zone)
    offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) == 1


def from_name(session: Session) -> str:
    """In whose name we write, in the language that is active. A very long one is cut, so that our own is there too."""
    return _("%(host)s via %(station)s") % {
        "host": isolated(fitting(session.activity.host_name, LONGEST_HOST)),
        "station": settings.STATION_NAME,
    }


def attendee_of(person: User) -> vCalAddress:
    """They registered, so they have accepted; nobody reads answers, so none is asked for."""
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["CN"] = str(person)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def whole(session: Session) -> Meeting:
    """A session whose meetings are not set yet is one meeting from start to end."""
    return Meeting(session=session, starts_at=session.starts_at, ends_at=session.ends_at)
