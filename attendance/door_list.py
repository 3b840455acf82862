"""The list at the door: who is expected at a meeting, what is known of each, and what may be noted there now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts import clock_words
from catalog.models import Meeting
from desk.alphabet import plain
from registrations.models import Registration

from .actions.tapping import seen_of
from .expected import expected, left_since, noted_from
from .models import Attendance, Closing

State, Source = Attendance.State, Attendance.Source

STATES: dict[str, Promise] = {
    State.PRESENT: gettext_lazy("Present"),
    State.EXCUSED: gettext_lazy("Excused"),
    State.ABSENT: gettext_lazy("Absent"),
}
SOURCES: dict[str, Promise] = {
    Source.STAFF: gettext_lazy("at the list"),
    Source.REPORT: gettext_lazy("report of the meeting platform"),
    Source.CHECK_IN: gettext_lazy("checked in by themselves"),
    Source.CLOSING: gettext_lazy("when the list was closed"),
}


@dataclass(frozen=True)
class Row:
    """One line of the list, ready to show. `registration` is 0 in the patterns by which the script draws."""

    registration: int = 0
    name: str = ""
    origin: str = ""
    state: str = ""
    # What staff's word is now, so that a tap can tell whether somebody changed it: see `actions.tap`.
    seen: str = ""
    by_staff: bool = False
    # How what counts is known, and what other sources say.
    note: str = ""
    others: str = ""
    differs: bool = False
    # A check-in that may be struck, and one that was: when, and by whom.
    checked_in: bool = False
    struck: str = ""

    @property
    def state_name(self) -> str:
        return str(STATES.get(self.state, ""))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What staff may say instead of what another source says. Where nothing is said the line itself is “present”."""
        said = self.state or State.PRESENT
        return [(state, str(name)) for state, name in STATES.items() if state != said]


@dataclass
class DoorList:
    meeting: Meeting
    now: datetime
    # Whether the reader may note who is there, and close the list.
    may_take: bool = False
    may_close: bool = False

    @cached_property
    def closing(self) -> Closing | None:
        return self.meeting.closings.standing().select_related("closed_by").first()

    @property
    def did_not_happen(self) -> bool:
        return self.meeting.was_called_off

    @property
    def is_open(self) -> bool:
        return self.closing is None and not self.did_not_happen

    @property
    def is_over(self) -> bool:
        return self.meeting.ends_at <= self.now

    @property
    def is_early(self) -> bool:
        """Whether only who is excused may be noted yet."""
        return self.now < self.opens_at

    @property
    def opens_at(self) -> datetime:
        return noted_from(self.meeting)

    @property
    def taps(self) -> bool:
        return self.may_take and self.is_open

    @property
    def closes(self) -> bool:
        return self.may_close and self.is_open and self.is_over

    @property
    def opens_again(self) -> bool:
        return self.may_close and self.closing is not None

    @cached_property
    def rows(self) -> list[Row]:
        """Of all who are expected or noted, by name."""
        words = self.words_by_registration()
        rows = [self.row_of(one, words.get(one.pk, [])) for one in listed(self.meeting)]
        return sorted(rows, key=lambda row: (plain(row.name), row.registration))

    def words_by_registration(self) -> dict[int, list[Attendance]]:
        return by_registration(self.meeting.attendance.select_related("noted_by", "struck_by"))

    def row(self, registration: Registration) -> Row:
        """One alone, as it stands now."""
        words = registration.attendance.filter(meeting=self.meeting).select_related("noted_by", "struck_by")
        return self.row_of(registration, by_registration(words).get(registration.pk, []))

    def row_of(self, registration: Registration, words: list[Attendance]) -> Row:
        who = registration.seen
        struck = next((word for word in words if word.struck_at), None)
        words = [word for word in words if word is not struck]
        counts, others = (words[0], words[1:]) if words else (None, [])
        staff = counts if counts and counts.source == Source.STAFF else None
        return Row(
            registration.pk,
            name=str(who),
            origin=who.organization_name,
            state=counts.state if counts else "",
            seen=seen_of(staff),
            by_staff=staff is not None,
            note=self.known_by(counts) if counts else "",
            others=" · ".join(said(word) for word in others),
            differs=any(word.state != words[0].state for word in others),
            checked_in=any(word.source == Source.CHECK_IN for word in words),
            struck=self.struck_words(struck) if struck else "",
        )

    def struck_words(self, word: Attendance) -> str:
        """“Checked in by themselves · 9:52. Struck · Marta Soler · 9:58”."""
        by = str(word.struck_by) if word.struck_by else ""
        parts = (_("Struck"), by, hour(word.struck_at, self.meeting) if word.struck_at else "")
        return _("%(check_in)s. %(struck)s") % {
            "check_in": capfirst(self.known_by(word)),
            "struck": " · ".join(part for part in parts if part),
        }

    def known_by(self, word: Attendance) -> str:
        when = hour(word.noted_at, self.meeting)
        match word.source:
            case Source.STAFF:
                parts = [str(word.noted_by) if word.noted_by else "", when]
            case Source.REPORT:
                parts = [str(SOURCES[Source.REPORT])]
            case Source.CHECK_IN:
                parts = [str(SOURCES[Source.CHECK_IN]), when]
            case _:
                parts = [str(SOURCES[Source.CLOSING])]
        return " · ".join(part for part in (*parts, minutes(word.minutes)) if part)

    def matching(self, asked: str) -> list[Row]:
        """Those in whose name or organization each word that was asked for begins a word, or stands (as in scripts that
        put no space between words)."""
        wanted = plain(asked).split()
        return [row for row in self.rows if all(stands_in(word, row) for word in wanted)]

    @cached_property
    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(["", *State.values], 0)
        for row in self.rows:
            found[row.state] += 1
        return found

    @property
    def present(self) -> int:
        return self.counts[State.PRESENT]

    @property
    def excused(self) -> int:
        return self.counts[State.EXCUSED]

    @property
    def absent(self) -> int:
        return self.counts[State.ABSENT]

    @property
    def not_noted(self) -> int:
        return self.counts[""]

    @cached_property
    def guests(self) -> int:
        return self.meeting.guests.filter(registration=None).count()

    @property
    def patterns(self) -> dict[str, Row]:
        """A line in each state, out of which the script draws what was just pressed."""
        return {state: Row(state=state, by_staff=bool(state)) for state in ("", *State.values)}


def by_registration(words: Iterable[Attendance]) -> dict[int, list[Attendance]]:
    """What each source says, the first in rank first."""
    found: dict[int, list[Attendance]] = {}
    for word in sorted(words, key=lambda word: Attendance.RANK.index(word.source)):
        found.setdefault(word.registration_id, []).append(word)
    return found


def listed(meeting: Meeting, *, with_left: bool = False) -> list[Registration]:
    """Who had a place before the meeting ended, and whoever something is known of; on demand who gave the place back after
    it had begun, too."""
    known = Attendance.objects.standing().filter(meeting=meeting, registration=OuterRef("pk"))
    with_place = expected(meeting.ends_at)
    if with_left:
        with_place |= left_since(meeting)
    # What an account that was merged left behind is known of the one that stays, or better.
    found = meeting.session.registrations.filter(with_place | Exists(known), person__merged_into=None)
    return list(found.select_related("person__organization"))


def said(word: Attendance) -> str:
    """What a source says that does not count: “Report of the meeting platform: Absent · 12 minutes”."""
    what = str(STATES[word.state])
    length = minutes(word.minutes)
    return _("%(source)s: %(what)s") % {
        "source": capfirst(str(SOURCES[word.source])),
        "what": f"{what} · {length}" if length else what,
    }


def minutes(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def hour(at: datetime, meeting: Meeting) -> str:
    """On the host's clock: the hour, with its day where that is not the meeting's."""
    zone: ZoneInfo = meeting.session.zone
    local = at.astimezone(zone)
    if local.date() == meeting.starts_at.astimezone(zone).date():
        return clock_words.hour(local)
    return _("%(day)s, %(hours)s") % {"day": day(at, meeting), "hours": clock_words.hour(local)}


def day(at: datetime, meeting: Meeting) -> str:
    """“8 December”, where the meeting is."""
    return date_format(at.astimezone(meeting.session.zone), pgettext("date format: day, month", "j F"))


def stands_in(word: str, row: Row) -> bool:
    text = f" {plain(f'{row.name} {row.origin}')}"
    return f" {word}" in text or (word > "\u2e7f" and word in text)
