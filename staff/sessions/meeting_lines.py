"""A session's meetings as lines of text: how staff type them, and how they are read back.

    2026-12-01 10:00–11:30 Who pays | Qui paie | Quién paga

A day, two times on the clock of the session's place, and a title in English, French and Spanish, in that order; all
titles may be left out. A meeting past midnight names its second day: `2026-12-01 22:00–2026-12-02 01:00`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.models import Meeting
from desk.clock import TYPED, in_zone
from desk.years import validate_year

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]

LINE = re.compile(
    r"""^(?P<day>\d{4}-\d{1,2}-\d{1,2})[\sT]+(?P<start>\d{1,2}:\d{2})
    \s*[-–—]\s*
    (?:(?P<last_day>\d{4}-\d{1,2}-\d{1,2})[\sT]+)?(?P<end>\d{1,2}:\d{2})
    (?:\s+(?P<titles>.*))?$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class MeetingLine:
    number: int
    starts_at: datetime
    ends_at: datetime
    titles: tuple[str, ...]

    def as_times(self) -> tuple[datetime, datetime, dict[str, str]]:
        """As catalog.actions.set_meetings takes it."""
        return self.starts_at, self.ends_at, dict(zip(LANGUAGES, self.titles, strict=True))


def read(text: str, zone: ZoneInfo) -> list[MeetingLine]:
    """The meetings in the order of time. Raises ValidationError with a sentence for each line that cannot be read."""
    meetings, errors = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            meetings.append(read_line(number, line.strip(), zone))
        except ValidationError as error:
            errors.append(
                _("Line %(number)d: %(problem)s") % {"number": number, "problem": " ".join(error.messages)}
            )
    meetings.sort(key=lambda meeting: meeting.starts_at)
    for earlier, later in pairwise(meetings):
        if later.starts_at < earlier.ends_at:
            errors.append(
                _("Line %(number)d: it begins before the meeting of line %(other)d has ended.")
                % {"number": later.number, "other": earlier.number}
            )
    if errors:
        raise ValidationError(errors)
    return meetings


def read_line(number: int, line: str, zone: ZoneInfo) -> MeetingLine:
    match = LINE.match(line)
    if not match:
        raise ValidationError(
            _("“%(line)s” is no meeting. Write a day and two times, as in 2026-12-01 10:00–11:30 Title."),
            params={"line": line[:60]},
        )
    start = wall_time(match["day"], match["start"])
    end = wall_time(match["last_day"] or match["day"], match["end"])
    if end <= start:
        raise ValidationError(
            _(
                "It ends before it begins. When it goes past midnight, write the day of its end too: %(example)s."
            ),
            params={"example": "2026-12-01 22:00–2026-12-02 01:00"},
        )
    titles = [title.strip() for title in (match["titles"] or "").split("|")]
    if len(titles) > len(LANGUAGES):
        raise ValidationError(_("There are more titles than languages. Use “|” only between the languages."))
    if any(len(title) > 200 for title in titles):
        raise ValidationError(_("A title has at most 200 characters."))
    titles += [""] * (len(LANGUAGES) - len(titles))
    return MeetingLine(number, in_zone(start, zone), in_zone(end, zone), tuple(titles))


def wall_time(day: str, time: str) -> datetime:
    try:
        wall = datetime.strptime(f"{day} {time}", TYPED)
    except ValueError as error:
        raise ValidationError(
            _("There is no such day or time: %(time)s."), params={"time": f"{day} {time}"}
        ) from error
    validate_year(wall)
    return wall


def write(meetings: Iterable[Meeting], zone: ZoneInfo) -> str:
    """The lines that `read` reads back as these meetings."""
    return "\n".join(write_line(meeting, zone) for meeting in meetings)


def write_line(meeting: Meeting, zone: ZoneInfo) -> str:
    start, end = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"
    titles = [(getattr(meeting, f"title_{code}") or "").replace("|", "/") for code in LANGUAGES]
    while titles and not titles[-1]:
        titles.pop()
    return f"{start:{TYPED}}–{until} {' | '.join(titles)}".rstrip()


def same(meetings: Iterable[Meeting], lines: Iterable[MeetingLine]) -> bool:
    """Whether the lines say what the meetings are, to the minute."""
    return [
        facts(m.starts_at, m.ends_at, [getattr(m, f"title_{code}") or "" for code in LANGUAGES])
        for m in meetings
    ] == [facts(line.starts_at, line.ends_at, line.titles) for line in lines]


def facts(start: datetime, end: datetime, titles: Iterable[str]) -> tuple[datetime, datetime, list[str]]:
    return (
        start.replace(second=0, microsecond=0),
        end.replace(second=0, microsecond=0),
        [title.replace("|", "/") for title in titles],
    )
