"""Activities as cards of a list.

A card is the same whenever its row, its state, the language and the reader's clock are the same. So each is rendered once
in a process and remembered: a list costs its rows, not its templates.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.clock_words import day
from accounts.models import User

from ..languages import stands_in
from ..models import Activity
from ..models.activity import picture_url
from ..session_state import State, places_left, state_of
from ..wording import audience, dates, place_of_clock, spoken, when_held
from .own_state import NONE, OwnState, own_states_of
from .questions import Question
from .rows import PastRow, Row, UpcomingRow, past_rows, upcoming_rows


@dataclass(frozen=True)
class Shown:
    """A card ready to be shown, and the month under which it stands."""

    slug: str
    html: SafeString
    month: str = ""


@dataclass(frozen=True)
class Card:
    """What templates/_parts/activity_card.html shows."""

    url: str
    picture_url: str  # what its sizes begin with; else there is a drawn cover
    cover_url: str
    title: str
    lang: str  # of the title, where it is not the page's; so for summary and host
    summary_lang: str
    host_lang: str
    summary: str
    format: str
    format_name: str
    host: str
    languages: str
    audience: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str = ""
    place: str = ""
    when: str = ""
    dates: str = ""  # of a series, all of them; starts_at is then the meeting that takes place or comes next
    later: bool = False  # it is not the first
    room: bool = False  # people meet in a room only: no clock but the room's is told
    state: str = ""
    state_name: str = ""
    places: str = ""
    welcomes: bool = False  # whoever reads it may very likely register, and have a place
    mine: OwnState = NONE


def cards_of(question: Question, start: int, stop: int, *, person: User | None = None) -> list[Card]:
    """The answers from number `start` up to `stop`, as cards, marked for `person` if the question is not theirs anyway."""
    if question.past:
        return [past_card(row) for row in past_rows(question, start, stop)]
    rows = upcoming_rows(question, start, stop)
    own_states = own_states_of(person or question.person, [row.id for row in rows])
    return [session_card(row, state_of(row, question.now), own_states.get(row.id, NONE)) for row in rows]


def shown_cards(question: Question, start: int, stop: int) -> list[Shown]:
    """The same, rendered."""
    # Times are shown in the reader's clock, where the page has one.
    here = get_language(), timezone.get_current_timezone_name()
    if question.past:
        return [shown_past(row, *here) for row in past_rows(question, start, stop)]
    rows = upcoming_rows(question, start, stop)
    own_states = own_states_of(question.person, [row.id for row in rows])
    return [
        shown_session(row, state_of(row, question.now), *here, own_states.get(row.id, NONE)) for row in rows
    ]


@lru_cache(maxsize=4000)
def shown_session(row: UpcomingRow, state: State, language: str, clock: str, own_state: OwnState) -> Shown:
    there = row.at.astimezone(ZoneInfo(row.timezone))
    html = rendered(session_card(row, state, own_state), row=True)
    return Shown(row.slug, html, date_format(there, "YEAR_MONTH_FORMAT"))


@lru_cache(maxsize=1000)
def shown_past(row: PastRow, language: str, clock: str) -> Shown:
    return Shown(row.slug, rendered(past_card(row), row=False))


def rendered(card: Card, *, row: bool) -> SafeString:
    context = {"card": card, "row": row, "level": 3}
    return mark_safe(get_template("_parts/activity_card.html").render(context))


def session_card(row: UpcomingRow, state: State, own_state: OwnState = NONE) -> Card:
    when = ""
    if row.self_paced:
        last_day = day(row.ends_at.astimezone(ZoneInfo(row.timezone)))
        when = _("At your own pace, until %(day)s") % {"day": last_day}
    starts_at, ends_at = next((hours for hours in row.hours if hours[0] == row.at), (row.at, row.ends_at))
    left = places_left(row) if state.takes_registrations else None
    return Card(
        **about_activity(row),
        # What has no hour of its own has a sentence instead.
        starts_at=None if row.self_paced else starts_at,
        ends_at=None if row.self_paced else ends_at,
        dates=dates(row.hours, row.timezone),
        later=starts_at > row.starts_at and not row.self_paced,
        room=row.room,
        zone=row.timezone,
        place=place_of_clock(row.timezone, row.host_timezone or "", text(row, "city")),
        when=when,
        state=state.code,
        state_name=state.name,
        welcomes=state.takes_registrations and state.code not in ("invited", "waiting"),
        mine=own_state,
        places=""
        if not left or state.code == "few"
        else ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left},
    )


def past_card(row: PastRow) -> Card:
    return Card(**about_activity(row), when=when_held(row, row.host_timezone))


def about_activity(row: Row) -> dict[str, Any]:
    url = reverse("catalog:activity", args=[row.slug])
    return {
        "url": url,
        "picture_url": picture_url(row.slug, row.picture_key),
        "cover_url": f"{url}cover.svg",
        "title": text(row, "title"),
        "lang": stands_in(row, "title"),
        "summary_lang": stands_in(row, "summary"),
        "host_lang": stands_in(row, "host_name"),
        "summary": text(row, "summary"),
        "format": row.format,
        "format_name": str(Activity.Format(row.format).label).capitalize(),
        "host": text(row, "host_name") or row.offered_by,
        "languages": spoken(row.languages, row.interpretation),
        "audience": audience(row.audiences, getattr(row, "eligibility", "")),
    }


def text(row: Row, name: str) -> str:
    return str(getattr(row, f"{name}_{get_language()}", "") or getattr(row, f"{name}_en") or "")
