"""What the page of one activity shows, in as many queries for ten sessions as for one."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.regions import Region
from texts.languages import language_name

from .hours import next_hours
from .languages import stands_in
from .listing.cards import Shown, shown_cards
from .listing.options import Options, named
from .listing.questions import Question
from .materials import MaterialShown, to_everyone
from .models import Activity, Session, Topic
from .rule_told import RuleInWords, in_words, is_signed
from .session_state import State, places_in_words, running, state_of
from .structured_data import course, preview_image
from .wording import dates, for_whom, in_a_row, place_of_clock, when_held, window

RELATED = 3


@dataclass(frozen=True)
class MeetingShown:
    title: str
    lang: str  # of the title, where it is not the page's
    starts_at: datetime
    ends_at: datetime
    over: bool
    running: State | None  # while it takes place


@dataclass
class SessionShown:
    session: Session
    state: State
    place: str  # the city whose clock it is told by
    now: datetime
    materials: list[MaterialShown] = field(default_factory=list)  # of this session alone

    @property
    def at(self) -> datetime:
        """Where it stands among others: at its next meeting; at one's own pace at the last day."""
        coming = next_hours(self.session, self.now)
        return self.session.listed_at if coming is None or self.session.self_paced else coming[0]

    @property
    def dates(self) -> str:
        """Of a series, and of a window."""
        session = self.session
        if session.self_paced:
            return window(session.starts_at, session.ends_at, session.timezone)
        return dates(session.hours, session.timezone)

    @property
    def places(self) -> str:
        return places_in_words(self.session)

    @property
    def registers(self) -> bool:
        """Whether one can do something about it, now or later."""
        return self.state.takes_registrations or self.state.code == "soon"

    @cached_property
    def meetings(self) -> list[MeetingShown]:
        return [
            MeetingShown(
                meeting.title,
                stands_in(meeting, "title"),
                meeting.starts_at,
                meeting.ends_at,
                over=meeting.ends_at <= self.now,
                running=running() if meeting.starts_at <= self.now < meeting.ends_at else None,
            )
            for meeting in self.session.meetings.all()
        ]


class ActivityPage:
    def __init__(self, activity: Activity, *, now: datetime, person: User | None = None):
        self.activity, self.now, self.person = activity, now, person

    @cached_property
    def topics(self) -> list[Topic]:
        return list(self.activity.topics.all())

    @cached_property
    def speakers(self) -> list[Any]:
        """Those who agreed to be named."""
        return list(self.activity.speakers.shown())

    @cached_property
    def materials(self) -> list[MaterialShown]:
        """Of every session."""
        return [shown for shown in self.every_material if shown.material.session_id is None]

    @cached_property
    def every_material(self) -> list[MaterialShown]:
        return to_everyone(self.activity.materials.all())

    @cached_property
    def sessions(self) -> list[SessionShown]:
        """All of them, the next first; what is over comes after, the latest first."""
        every = self.activity.sessions.prefetch_related("meetings").order_by("listed_at", "id")
        shown = sorted(map(self.shown, every), key=lambda entry: entry.at)
        return self.upcoming(shown) + self.over(shown)

    def shown(self, session: Session) -> SessionShown:
        # Known already: a session's own page asks the database for it.
        session.activity = self.activity
        host = self.activity.host
        city = place_of_clock(session.timezone, host.timezone if host else "", host.city if host else "")
        given = [one for one in self.every_material if one.material.session_id == session.pk]
        return SessionShown(session, state_of(session, self.now), city, self.now, given)

    @property
    def coming(self) -> list[SessionShown]:
        return self.upcoming(self.sessions)

    @property
    def past(self) -> list[SessionShown]:
        return [shown for shown in self.sessions if shown.session.ends_at <= self.now]

    def upcoming(self, shown: list[SessionShown]) -> list[SessionShown]:
        return [entry for entry in shown if entry.session.ends_at > self.now]

    def over(self, shown: list[SessionShown]) -> list[SessionShown]:
        return [entry for entry in reversed(shown) if entry.session.ends_at <= self.now]

    @property
    def held(self) -> str:
        """When history took place, as far as it is known; nothing for what has sessions."""
        if self.sessions:
            return ""
        return when_held(self.activity, self.activity.host.timezone if self.activity.host else None)

    @cached_property
    def related(self) -> list[Shown]:
        """What comes next on the same topics."""
        if not self.topics:
            return []
        topics = [named(topic) for topic in self.topics]
        data = QueryDict(mutable=True)
        data.setlist("topic", [topic.slug for topic in topics])
        question = Question(data, options=Options(topics, []), now=self.now, person=self.person)
        # Nobody typed these topics: no form need read them.
        question = question.changed(asked={"topic": data.getlist("topic")})
        related = [card for card in shown_cards(question, 0, RELATED + 1) if card.slug != self.activity.slug]
        return related[:RELATED]

    # In words

    @cached_property
    def rule(self) -> RuleInWords | None:
        """What it takes to have taken part, or to get the certificate; None where no rule is, or nothing meets. Of how many
        meetings, where that is the same in all sessions that are coming."""
        rule = self.activity.rule
        every = [shown.session for shown in self.sessions]
        meets = [session for session in every if not (session.self_paced or session.is_cancelled)]
        if rule is None or not meets:
            return None
        coming = [session for session in meets if session.ends_at > self.now] or meets
        counts = {len(session.meetings.all()) for session in coming}
        meetings = counts.pop() if len(counts) == 1 else None
        return in_words(rule, meetings, certified=is_signed(coming[0], self.now))

    @property
    def format(self) -> str:
        return str(self.activity.get_format_display()).capitalize()

    @property
    def languages(self) -> str:
        return in_a_row([language_name(code) for code in self.activity.languages])

    @property
    def interpretation(self) -> str:
        return in_a_row([language_name(code) for code in self.activity.interpretation])

    @property
    def audience(self) -> str:
        return for_whom(self.activity.audiences)

    @property
    def regions(self) -> str:
        named = [str(Region(region).label) for region in self.activity.regions]
        return in_a_row(named) if named else _("All regions")

    @property
    def partners(self) -> str:
        return in_a_row(list(self.activity.partners))

    @property
    def preview_image(self) -> str:
        return preview_image(self.activity)

    @property
    def structured_data(self) -> dict[str, object]:
        sessions = [shown.session for shown in self.sessions]
        return course(self.activity, self.topics, sessions, self.speakers, self.now)
