"""What a report says, once it is read. Moments are aware and in UTC; lengths are whole minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Span = tuple[datetime, datetime]


class Platform(TextChoices):
    ZOOM = "zoom", "Zoom"
    TEAMS = "teams", "Microsoft Teams"
    WEBEX = "webex", "Webex"
    OTHER = "other", _("another platform")
    LIST = "list", _("pasted list")


class Kind(TextChoices):
    """Which of its reports a platform wrote, and what can be known from it."""

    JOINS = "joins", _("each join with its times")
    PEOPLE = "people", _("one line for each person, with times")
    LENGTHS = "lengths", _("one line for each person, without times")
    ACTIONS = "actions", _("who joined and left when")
    WEBINAR = "webinar", _("webinar")
    NAMES = "names", _("names or addresses only")


class DateOrder(TextChoices):
    """How days are written, as far as figures leave it open."""

    YEAR_FIRST = "year first", _("year first")
    DAY_FIRST = "day first", _("day first")
    MONTH_FIRST = "month first", _("month first")


@dataclass(frozen=True)
class Entry:
    """One line of a report: a person's time in the call with one device, or all a report says of them."""

    line: int  # of the file, from 1
    name: str
    email: str = ""  # lower case
    joined: datetime | None = None
    left: datetime | None = None
    # A length without its times; beside times where the person was there only for part of them. None is unknown, never 0.
    minutes: int | None = None
    original_name: str = ""  # before the person changed it in the call
    role: str = ""  # as the file words it: organizer, host, panelist


@dataclass(frozen=True)
class Reading:
    platform: Platform
    kind: Kind
    encoding: str
    zone: ZoneInfo
    entries: tuple[Entry, ...]
    not_there: tuple[
        Entry, ...
    ] = ()  # registered for a webinar and did not come; never let in from the waiting room
    has_times: bool = False
    date_order: str = ""  # one of DateOrder, where the file has dates
    days: tuple[date, ...] = ()  # in the zone, of the entries; else of the head of the file
    by_content: bool = False  # its headings are unknown, and its columns were told by what stands in them

    def is_of(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the report can be about this meeting: someone was there on one of its days, or it tells no days."""
        first, last = (moment.astimezone(self.zone).date() for moment in (starts_at, ends_at))
        return not self.days or any(first <= day <= last for day in self.days)


@dataclass(frozen=True)
class Participant:
    """One person in the call, with all devices."""

    name: str
    email: str
    lines: tuple[int, ...]
    spans: tuple[
        Span, ...
    ]  # in order, apart from each other, within the meeting; none where the report has no times
    minutes: int | None  # within the meeting; 0 who came before or after it only; None where it is unknown
    other_names: tuple[str, ...]
    role: str = ""
