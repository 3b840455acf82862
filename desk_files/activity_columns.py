"""The columns of activities in a file: one row for each session, or for an activity without any."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.regions import Region
from catalog.certificate_rule import Certificate, Counted
from catalog.models import Activity, Session
from desk.clock import TYPED
from desk.translations import LANGUAGES as CONTENT
from imports.reading.values import figures
from staff.sessions import meeting_lines
from texts.languages import language_name, language_names

from .columns import (
    YES,
    CellRefused,
    Choice,
    Column,
    Several,
    is_yes,
    lines,
    listed,
    pieces,
    whole_number_in,
    yes,
    zone_of,
)


@dataclass
class Run:
    """An activity with one of its sessions, as a row tells of it."""

    activity: Activity
    session: Session | None = None

    @property
    def pk(self) -> int:
        return self.activity.pk

    def __str__(self) -> str:
        return str(self.activity)


type Cell = Column[Run]

FORMATS = Choice(lambda: Activity.Format.choices)
LANGUAGES = Several(Choice(lambda: [(code, lazy(language_name, str)(code)) for code in language_names()]))
AUDIENCES = Several(Choice(lambda: User.Profile.choices))
REGIONS = Several(Choice(lambda: Region.choices))
CERTIFICATES = Choice(lambda: Certificate.choices)
COUNTED = Choice(lambda: Counted.choices)
ADMISSIONS = Choice(lambda: Session.Admission.choices)
ELIGIBILITIES = Choice(lambda: Session.Eligibility.choices)


def of_activity(write: Callable[[Activity], object]) -> Callable[[Run], str]:
    def written(run: Run) -> str:
        value = write(run.activity)
        return "" if value is None else str(value)

    return written


def of_session(write: Callable[[Session], object]) -> Callable[[Run], str]:
    def written(run: Run) -> str:
        value = write(run.session) if run.session else None
        return "" if value is None else str(value)

    return written


def named(name: str) -> Callable[[Any], object]:
    return lambda row: getattr(row, name)


def in_languages(of: Any, name: str, labels: dict[str, Any]) -> list[Cell]:
    return [Column(f"{name}_{code}", labels[code], of(named(f"{name}_{code}"))) for code in CONTENT]


def wall(name: str) -> Callable[[Session], str]:
    def write(session: Session) -> str:
        at: datetime | None = getattr(session, name)
        return f"{at.astimezone(session.zone):{TYPED}}" if at else ""

    return write


def window(name: str) -> Callable[[Session], str]:
    return lambda session: wall(name)(session) if session.self_paced else ""


# With seconds, as programs add them; of more, such as a zone or “PM”, nothing is left out.
MOMENT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T]+(\d{1,2}:\d{2})(:\d{2}(\.\d+)?)?")


def moment_in(cell: str) -> str:
    match = MOMENT.fullmatch(figures(cell).strip())
    try:
        if match is None:
            raise ValueError(cell)
        return f"{datetime.strptime(f'{match[1]} {match[2]}', TYPED):{TYPED}}"
    except ValueError as error:
        raise CellRefused(str(_("Write a date and a time such as 2026-12-01 10:00."))) from error


def opening_in(cell: str) -> str:
    """A day alone begins at midnight: so spreadsheets show that hour."""
    text = figures(cell).strip()
    return moment_in(text if ":" in text else f"{text} 00:00")


BEGINS = re.compile(r"\s+(?=\d{4}-\d{1,2}-\d{1,2}[\sT]+\d{1,2}:\d{2}\s*[-–—])")


def meetings_in(cell: str) -> str:
    """A meeting on each line, as the form of the desk has them; a spreadsheet may have put them into one."""
    return "\n".join(as_line(line) for line in BEGINS.split(cell.strip()))


def as_line(line: str) -> str:
    match = meeting_lines.LINE.match(line.strip())
    if match is None:
        return line  # the form says why
    try:
        start = meeting_lines.wall_time(figures(match["day"]), figures(match["start"]))
        end = meeting_lines.wall_time(figures(match["last_day"] or match["day"]), figures(match["end"]))
    except Exception:
        return line
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:{TYPED}}"
    titles = " | ".join(title.strip() for title in (match["titles"] or "").split("|"))
    return f"{start:{TYPED}}–{until} {titles}".rstrip(" |")


def minutes_in(cell: str) -> str:
    return listed(whole_number_in(piece) for piece in pieces(cell))


def parts(cell: str) -> str:
    return listed(set(pieces(cell)))


def shown_parts(value: str) -> str:
    return "; ".join(lines(value))


def labels(en: Any, fr: Any, es: Any) -> dict[str, Any]:
    return {"en": en, "fr": fr, "es": es}


OF_ACTIVITY: tuple[Cell, ...] = (
    Column("code", _("Code"), of_activity(named("slug")), str.strip),
    *in_languages(
        of_activity, "title", labels(_("Title (English)"), _("Title (French)"), _("Title (Spanish)"))
    ),
    *in_languages(
        of_activity, "summary", labels(_("Summary (English)"), _("Summary (French)"), _("Summary (Spanish)"))
    ),
    *in_languages(
        of_activity,
        "description",
        labels(_("Description (English)"), _("Description (French)"), _("Description (Spanish)")),
    ),
    Column("format", _("Format"), of_activity(named("format")), FORMATS.read, FORMATS.shown),
    Column("host", _("Host"), of_activity(lambda one: one.host.slug if one.host else "")),
    Column("offered_by", _("Offered by"), of_activity(named("offered_by"))),
    Column(
        *("topics", _("Topics"), of_activity(lambda one: listed(topic.slug for topic in one.topics.all()))),
        parts,
        shown_parts,
        lines,
    ),
    Column(
        *("languages", _("Working languages"), of_activity(lambda one: listed(one.languages))),
        LANGUAGES.read,
        LANGUAGES.shown,
        lines,
    ),
    Column(
        *("interpretation", _("Interpretation into"), of_activity(lambda one: listed(one.interpretation))),
        LANGUAGES.read,
        LANGUAGES.shown,
        lines,
    ),
    Column(
        *("audiences", _("Audience"), of_activity(lambda one: listed(one.audiences))),
        AUDIENCES.read,
        AUDIENCES.shown,
        lines,
    ),
    Column(
        *("regions", _("For members of"), of_activity(lambda one: listed(one.regions))),
        REGIONS.read,
        REGIONS.shown,
        lines,
    ),
    Column(
        *("partners", _("Partners"), of_activity(lambda one: "\n".join(one.partners or ()))),
        lambda cell: "\n".join(pieces(cell)),
        shown_parts,
    ),
    Column(
        "certificate",
        _("Certificate"),
        of_activity(named("certificate")),
        CERTIFICATES.read,
        CERTIFICATES.shown,
    ),
    Column(
        "certificate_percent",
        _("At least, in percent"),
        of_activity(named("certificate_percent")),
        whole_number_in,
    ),
    Column(
        "certificate_percent_of",
        _("Percent of"),
        of_activity(named("certificate_percent_of")),
        COUNTED.read,
        COUNTED.shown,
    ),
    Column(
        "leaves_out_excused",
        _("Excused meetings are not counted"),
        of_activity(lambda one: yes(one.leaves_out_excused)),
        YES.read,
        YES.shown,
        is_yes,
    ),
)
OF_SESSION: tuple[Cell, ...] = (
    Column("session_code", _("Code of the session"), of_session(named("uid")), str.strip, of_form=False),
    *in_languages(
        of_session, "label", labels(_("Label (English)"), _("Label (French)"), _("Label (Spanish)"))
    ),
    Column("timezone", _("Time zone"), of_session(named("timezone")), zone_of),
    Column(
        "meetings_text",
        _("Meetings"),
        of_session(lambda one: "" if one.self_paced else meeting_lines.write(one.meetings.all(), one.zone)),
        meetings_in,
    ),
    Column(
        "self_paced",
        _("Self-paced"),
        of_session(lambda one: yes(one.self_paced)),
        YES.read,
        YES.shown,
        is_yes,
    ),
    Column("starts_at", _("Window opens"), of_session(window("starts_at")), opening_in),
    Column("ends_at", _("Window closes"), of_session(window("ends_at")), moment_in),
    *in_languages(
        of_session, "venue", labels(_("Venue (English)"), _("Venue (French)"), _("Venue (Spanish)"))
    ),
    Column("joining_link", _("Joining link"), of_session(named("joining_link"))),
    Column("joining_note", _("Joining note"), of_session(named("joining_note"))),
    Column("admission", _("Admission"), of_session(named("admission")), ADMISSIONS.read, ADMISSIONS.shown),
    Column(
        "eligibility",
        _("Who may register"),
        of_session(named("eligibility")),
        ELIGIBILITIES.read,
        ELIGIBILITIES.shown,
    ),
    Column(
        "members_first_until", _("Members first until"), of_session(wall("members_first_until")), moment_in
    ),
    Column("places", _("Places"), of_session(named("places")), whole_number_in),
    Column(
        "registration_opens_at",
        _("Registration opens"),
        of_session(wall("registration_opens_at")),
        opening_in,
    ),
    Column(
        "registration_closes_at",
        _("Registration closes"),
        of_session(wall("registration_closes_at")),
        moment_in,
    ),
    Column(
        "late_registration",
        _("Open after the start"),
        of_session(lambda one: yes(one.late_registration)),
        YES.read,
        YES.shown,
        is_yes,
    ),
    *in_languages(
        of_session,
        "practical_notes",
        labels(_("Practical notes (English)"), _("Practical notes (French)"), _("Practical notes (Spanish)")),
    ),
    Column(
        *(
            "reminder_leads",
            _("Reminders, in minutes before"),
            of_session(lambda one: listed(map(str, one.reminder_leads))),
        ),
        minutes_in,
        shown_parts,
        lines,
    ),
)
COLUMNS = (*OF_ACTIVITY, *OF_SESSION)


def names(columns: Iterable[Cell]) -> frozenset[str]:
    return frozenset(column.name for column in columns)


ACTIVITY, SESSION = names(OF_ACTIVITY), names(OF_SESSION)
