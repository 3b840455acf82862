"""Files as meeting platforms write them of one meeting, with its invented people: to try how such a report is read.

Most of those registered are in them, some under another name or on two devices; and a few who are nobody's.
"""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from attendance.expected import expected
from catalog.models import Meeting
from registrations.models import Registration

THERE = 0.7
MINUTE = timedelta(minutes=1)
MONTH_FIRST, TEAMS_FORM = "%m/%d/%Y %I:%M:%S %p", "%m/%d/%y, %I:%M:%S %p"


@dataclass(frozen=True)
class Join:
    name: str
    email: str
    joined: datetime
    left: datetime

    @property
    def minutes(self) -> int:
        return -(-(self.left - self.joined) // MINUTE)

    def row(self, form: str, zone: ZoneInfo) -> list[str]:
        """When it joined and left, as the account's clock has it."""
        return [moment.astimezone(zone).strftime(form) for moment in (self.joined, self.left)]


def calls(meeting: Meeting) -> list[Join]:
    """Who was in the call, and when: the same each time it is asked."""
    chance = random.Random(f"call {meeting.session.activity.slug} {meeting.pk}")
    people = list(
        meeting.session.registrations.filter(expected(meeting.ends_at))
        .select_related("person__organization")
        .order_by("pk")
    )
    there = chance.sample(people, k=round(len(people) * THERE))
    joins = [join for number, one in enumerate(there) for join in joins_of(one, number, meeting, chance)]
    joins += [
        Join("Meeting room 2", "", meeting.starts_at - 4 * MINUTE, meeting.ends_at),
        Join("Noor", "noor.k@mail.example.org", meeting.starts_at + 9 * MINUTE, meeting.ends_at),
        Join("Sound check", "", meeting.starts_at - 40 * MINUTE, meeting.starts_at - 20 * MINUTE),
    ]
    return sorted(joins, key=lambda join: (join.joined, join.name))


def joins_of(registration: Registration, number: int, meeting: Meeting, chance: random.Random) -> list[Join]:
    """With the address where the person is signed in at the platform, else without one."""
    person = registration.person
    name, email = person.name, person.email if number % 3 == 0 else ""
    joined = meeting.starts_at + chance.uniform(-8, 12) * MINUTE
    left = meeting.ends_at - chance.choice([0, 0, 0, 7, 25]) * MINUTE * chance.random()
    match number % 9:
        case 4:  # as on a phone
            name = f"{name.split()[0]}’s phone"
        case 5:
            name = f"{name} ({person.organization_name})"
        case 7:  # the line died, and they came back with another device
            cut = joined + (left - joined) * chance.uniform(0.3, 0.6)
            return [Join(name, email, joined, cut), Join(name, email, cut + 2 * MINUTE, left)]
        case 8:  # looked in
            left = joined + 2 * MINUTE
    return [Join(name, email, joined, left)]


def zoom(meeting: Meeting) -> bytes:
    """A report of participants: commas, month first, UTF-8 with its mark."""
    zone = meeting.session.zone
    head = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]
    rows = [
        [one.name, one.email, *one.row(MONTH_FIRST, zone), one.minutes, "No" if one.email else "Yes"]
        for one in calls(meeting)
    ]
    return table([head, *rows], ",").encode("utf-8-sig")


def teams(meeting: Meeting) -> bytes:
    """Three sections, parted by tabs, in UTF-16: a summary, one line for each person, and each join."""
    zone, joins = meeting.session.zone, calls(meeting)
    begun, ended = min(one.joined for one in joins), max(one.left for one in joins)
    head = [
        "Name",
        "First Join",
        "Last Leave",
        "In-Meeting Duration",
        "Email",
        "Participant ID (UPN)",
        "Role",
    ]
    names = list(dict.fromkeys(one.name for one in joins))
    people = []
    for name in names:
        own = [one for one in joins if one.name == name]
        there = sum((one.left - one.joined for one in own), timedelta())
        first, last = min(one.joined for one in own), max(one.left for one in own)
        whole = Join(name, own[0].email, first, last)
        people.append(
            [name, *whole.row(TEAMS_FORM, zone), length(there), own[0].email, own[0].email, "Attendee"]
        )
    activities = [["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"]] + [
        [one.name, *one.row(TEAMS_FORM, zone), length(one.left - one.joined), one.email, "Attendee"]
        for one in joins
    ]
    summary = Join("", "", begun, ended).row(TEAMS_FORM, zone)
    rows: list[Sequence[object]] = [
        ["1. Summary"],
        ["Meeting title", meeting.session.activity.title],
        ["Attended participants", len(names)],
        ["Start time", summary[0]],
        ["End time", summary[1]],
        ["Meeting duration", length(ended - begun)],
        [],
        ["2. Participants"],
        head,
        *people,
        [],
        ["3. In-Meeting Activities"],
        *activities,
    ]
    return table(rows, "\t").encode("utf-16")


def webex(meeting: Meeting) -> bytes:
    """One line for each join, parted by tabs, in UTF-16, with cells that a spreadsheet takes for text."""
    zone = meeting.session.zone
    head = ["Display Name", "Role", "Attendee Email", "Join Time", "Leave Time", "Attendance Duration"]
    rows = [
        [
            one.name,
            "Attendee",
            one.email,
            *(f'="{moment}"' for moment in one.row("%Y-%m-%d %H:%M:%S", zone)),
            f'="{one.minutes} mins"',
        ]
        for one in calls(meeting)
    ]
    return table([head, *rows], "\t").encode("utf-16")


def length(lasted: timedelta) -> str:
    """“1h 2m 3s”."""
    hours, rest = divmod(int(lasted.total_seconds()), 3600)
    return f"{hours}h {rest // 60}m {rest % 60}s" if hours else f"{rest // 60}m {rest % 60}s"


def table(rows: Sequence[Sequence[object]], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


WRITERS: dict[str, Callable[[Meeting], bytes]] = {"zoom": zoom, "teams": teams, "webex": webex}
