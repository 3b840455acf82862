"""What a page says about a session and about a registration, ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.hours import Hours, is_series, next_hours, runs
from catalog.languages import stands_in
from catalog.models import Meeting, Session
from catalog.rule_told import RuleInWords, rule_in_words
from catalog.session_state import State, for_some, places_in_words, places_left, state_of
from catalog.wording import dates, window

from . import clocks, joining
from .actions.occupancy import occupancy_of
from .holding import hold_until, is_confirmed, is_for_members
from .models import Registration
from .waiting_list import hold_in_words, position_in_line, still_takes_people_in, why_not_let_in, why_waiting


@dataclass
class SessionFacts:
    session: Session
    now: datetime
    # Of whom it is known that they may register.
    reader: User | None = field(default=None, kw_only=True)

    @property
    def place(self) -> str:
        """The city whose clock is the host's."""
        return clocks.city_of(self.session)

    @property
    def dates(self) -> str:
        """The days of a series, and of a window."""
        session = self.session
        if session.self_paced:
            return window(session.starts_at, session.ends_at, session.timezone)
        return dates(session.hours, session.timezone)

    @property
    def runs(self) -> bool:
        """Whether a meeting takes place now."""
        return not self.session.is_cancelled and runs(self.session, self.now)

    @property
    def frees_place(self) -> bool:
        """Whether somebody else would get a place that is given back."""
        return still_takes_people_in(self.session, self.now)

    @property
    def line_moves_up(self) -> bool:
        """Whether the first in line surely would. Where places are for members it may be nobody who waits now."""
        return self.session.waiting_count > 0 and not is_for_members(self.session, self.now)

    @cached_property
    def next_meeting(self) -> Hours:
        """The one that takes place or comes next; the last one when all are over."""
        return next_hours(self.session, self.now) or self.session.hours[-1]

    @cached_property
    def meetings(self) -> Sequence[Meeting | Session]:
        meetings = list(self.session.meetings.all())
        for meeting in meetings:
            meeting.lang = stands_in(meeting, "title")  # type: ignore[attr-defined]  # for _parts/schedule.html
        if not meetings and not self.session.self_paced:
            return [self.session]
        return meetings

    @property
    def state(self) -> State:
        return state_of(self.session, self.now)

    @property
    def places(self) -> str:
        return places_in_words(self.session)

    @property
    def is_full(self) -> bool:
        """Whether who registers now would wait."""
        if self.has_no_word:
            return self.would_be_held is None
        return places_left(self.session) == 0

    @cached_property
    def has_no_word(self) -> bool:
        """Of a reader who says that they act for a member, and nobody else does."""
        for_members = is_for_members(self.session, self.now)
        return self.reader is not None and for_members and not is_confirmed(self.reader, self.now)

    @cached_property
    def would_be_held(self) -> datetime | None:
        """Until when a place would be held for such a reader."""
        occupancy = occupancy_of(self.session, self.now)
        own = self.session.registrations.filter(person=self.reader)
        before = own.values_list("hold_until", flat=True).first()
        has_room = occupancy.lets_in_at_once and occupancy.holds_left != 0
        return hold_until(self.session, self.now, before=before) if has_room else None

    @property
    def expectation(self) -> str:
        """What pressing the button would bring: of a session that is not for everybody, as long as we do not know whether
        the reader is among those, it says first for whom it is."""
        if self.reader and self.has_no_word:
            return self.expectation_without_word(self.reader)
        if not self.reader and for_some(self.session, self.now):
            place = self.line if self.is_full else _("There are places left.")
            return f"{self.who_may} {place}"
        if not self.is_full:
            place = _("There is a place for you.")
            to_come = sum(end > self.now for _start, end in self.session.hours)
            if self.now < self.session.starts_at or not is_series(self.session):
                return place
            rest = ngettext(
                "It has begun: you register for the %(count)d meeting to come.",
                "It has begun: you register for the %(count)d meetings to come.",
                to_come,
            ) % {"count": to_come}
            return f"{rest} {place}"
        return self.line

    def expectation_without_word(self, reader: User) -> str:
        if self.would_be_held:
            return hold_in_words(self.session, reader, self.would_be_held)
        in_line = _("You would be number %(position)d on the waiting list.") % {
            "position": self.session.registrations.waiting().count() + 1
        }
        return f"{in_line} {why_not_let_in(self.session, reader, self.now)}"

    @property
    def line(self) -> str:
        """Of a full session."""
        return _(
            "You would be number %(position)d on the waiting list. When somebody cancels, the first in line gets "
            "the place at once, and we write to them."
        ) % {"position": self.session.waiting_count + 1}

    @property
    def who_may(self) -> str:
        """Who may register, as the host decided."""
        kinds = Session.Eligibility
        session = self.session
        if session.eligibility == kinds.MEMBERS_ONLY:
            return _("People of member organizations may register.")
        if session.eligibility == kinds.INVITED:
            return _("People whom the host has invited may register.")
        until = session.members_first_until
        if session.eligibility == kinds.MEMBERS_FIRST and until and until > self.now:
            return _("Until %(when)s people of member organizations, after that everyone.") % {
                "when": clocks.moment(until, session)
            }
        return _("Everyone may register.")

    @cached_property
    def rule(self) -> RuleInWords | None:
        return rule_in_words(self.session, self.now)

    @property
    def deadline(self) -> str:
        return clocks.moment(self.session.closes_at, self.session)


@dataclass
class RegistrationFacts(SessionFacts):
    registration: Registration

    @property
    def headline(self) -> str:
        """The state of the registration in words."""
        if self.session.is_cancelled:
            return _("This session was cancelled")
        if self.registration.is_confirmed:
            return _("This session is over") if self.is_over else _("You have a place")
        if self.registration.is_held:
            return _("A place is held for you")
        if self.registration.is_waiting:
            return _("You were on the waiting list") if self.is_over else _("You are on the waiting list")
        return _("This registration is cancelled")

    @property
    def badge(self) -> State:
        """Where the registration stands; of a session that is over or running, what everybody knows of it."""
        if self.session.is_cancelled:
            return State("cancelled", _("Session cancelled"))
        if not self.registration.is_standing:
            return State("cancelled", _("Cancelled"))
        if self.is_over:
            return self.state
        if self.registration.is_waiting:
            return State("waiting", _("Waiting, number %(position)d") % {"position": self.position})
        if self.registration.is_held:
            return State("waiting", _("Held until your membership is confirmed"))
        return self.state if self.runs else State("open", _("Confirmed"))

    @property
    def badge_name(self) -> str:
        return self.badge.name

    @property
    def card(self) -> dict[str, object]:
        """For `_parts/activity_card.html`; leads to the registration."""
        session, activity = self.session, self.session.activity
        starts_at, ends_at = self.next_meeting
        badge = self.badge
        return {
            "url": self.registration.get_absolute_url(),
            "title": activity.title,
            "lang": stands_in(activity, "title"),
            "summary_lang": stands_in(session, "label"),
            "host_lang": stands_in(activity.host, "name") if activity.host else "",
            "format": activity.format,
            "format_name": capfirst(activity.get_format_display()),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "dates": "" if session.self_paced else self.dates,
            "later": starts_at > session.starts_at,
            "room": session.in_a_room,
            "zone": session.timezone,
            "place": self.place,
            "when": self.window if session.self_paced else "",
            "summary": session.label,
            "state": badge.code,
            "state_name": badge.name,
            "host": activity.host_name,
        }

    @property
    def window(self) -> str:
        return _("At your own pace, until %(when)s") % {
            "when": clocks.moment(self.session.ends_at, self.session)
        }

    @property
    def is_over(self) -> bool:
        return self.session.ends_at <= self.now

    @property
    def waits(self) -> bool:
        return self.registration.is_waiting and not self.is_over and not self.session.is_cancelled

    @cached_property
    def position(self) -> int:
        """Counted together with others where the page shows many (`me/my_registrations.py`), else asked for here."""
        known = getattr(self.registration, "position", None)
        return known if known is not None else position_in_line(self.registration)

    @cached_property
    def waits_for_word(self) -> bool:
        person = self.registration.person
        return is_for_members(self.session, self.now) and not is_confirmed(person, self.now)

    @property
    def why_waiting(self) -> str:
        if self.waits_for_word:
            return why_not_let_in(self.session, self.registration.person, self.now)
        return why_waiting(self.session, self.position)

    @property
    def hold(self) -> str:
        """Of a place that is held: until when, by whose word it is the person's, and what happens without it."""
        assert self.registration.hold_until
        return hold_in_words(self.session, self.registration.person, self.registration.hold_until)

    @property
    def may_cancel(self) -> bool:
        return self.registration.is_standing and not self.is_over and not self.session.is_cancelled

    @property
    def joins_online(self) -> bool:
        return bool(self.session.joining_link) and self.registration.is_confirmed and not self.is_over

    @property
    def may_join(self) -> bool:
        return bool(self.session.joining_link) and joining.may_see(self.registration, self.now)

    @property
    def link_appears(self) -> str:
        return clocks.moment(joining.opens_at(self.session, self.now), self.session)

    @property
    def next_steps(self) -> list[str]:
        """What happens next, in order."""
        if self.is_over or self.session.is_cancelled or not self.registration.is_standing:
            return []
        if self.registration.is_waiting:
            turn = _(
                "When a place becomes free and it is your turn, it is yours at once, and we write to you."
            )
            leave = _("If you no longer want it, cancel: then the next one moves up.")
            return [leave] if self.waits_for_word else [turn, leave]
        if self.registration.is_held:
            return [
                _("When it is confirmed, the place is yours at once, and we write to you."),
                _("If you no longer want it, cancel: then the next one moves up."),
            ]
        steps = []
        if self.now < self.session.starts_at:
            steps.append(
                _("We remind you by e-mail before each meeting.")
                if is_series(self.session)
                else _("We remind you by e-mail before it starts.")
            )
        elif self.now < self.next_meeting[0]:
            steps.append(_("We remind you by e-mail before the next meeting."))
        if self.session.place:
            steps.append(_("Come to %(where)s.") % {"where": self.session.place})
        if self.frees_place:
            steps.append(_("If you cannot come, cancel: then somebody else gets your place."))
        return steps


def is_own(registration: Registration, person: User | AnonymousUser) -> bool:
    return registration.person_id == person.pk
