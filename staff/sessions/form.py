"""A session as staff write it: its times on the clock of its place, its meetings one on each line.

What people who registered must hear of (times, place, how to join) and what lets people in (places) is not written with the
row: `rescheduling` and `places` say what `registrations.actions` has to do.
"""

from copy import copy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin_fields import ZoneChoice
from catalog.models import Session
from catalog.models.session import WEEK_DAY_AND_HOUR
from desk.fields import Checkboxes, PlaceTime, field_of, moment
from desk.translations import LANGUAGES
from hubs.models import Host
from registrations.actions.registration_hours import REGISTRATION_HOURS, move_registration_hours
from registrations.admin.reasons import ReasonForm
from registrations.errors import RegistrationHoursCross

from . import meeting_lines
from .words import MEETINGS_HELP, hours_in_words, lead_choices, lead_name

VENUES = tuple(f"venue_{code}" for code in LANGUAGES)


# Told to people, so written by registrations.actions.reschedule once the session is there.
RESCHEDULED = ("starts_at", "ends_at", "joining_link", "joining_note", *VENUES)


PLACE_TIMES = (
    "starts_at",
    "ends_at",
    "members_first_until",
    "registration_opens_at",
    "registration_closes_at",
)


class SessionForm(forms.ModelForm[Session]):
    """`host` is whose the activity is, as chosen on the same page; `former_host` whose it was."""

    timezone = ZoneChoice(
        required=False,
        empty_label=_("the host’s"),
        label=_("Time zone"),
        help_text=_("All times of this session are typed and shown on this clock."),
    )
    meetings_text = forms.CharField(
        label=_("Meetings"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "class": "vLargeTextField desk-lines", "spellcheck": "false"}
        ),
        help_text=MEETINGS_HELP,
    )
    starts_at = PlaceTime(label=_("Window opens"), help_text=_("Only for a self-paced session."))
    ends_at = PlaceTime(label=_("Window closes"), help_text=_("Only for a self-paced session."))
    members_first_until = PlaceTime(label=_("Members first until"))
    registration_opens_at = PlaceTime(label=_("Registration opens"), help_text=_("Empty means at once."))
    registration_closes_at = PlaceTime(
        label=_("Registration closes"),
        help_text=_(
            "Empty means when it starts, or when the series is over where it is open after the start."
        ),
    )
    reminder_leads = Checkboxes(
        label=_("Reminders"),
        coerce=int,
        choices=lead_choices,
        help_text=_("When people are reminded by e-mail."),
    )

    def __init__(
        self, *args: Any, host: Host | None = None, former_host: Host | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.host, self.former_host, self.follows = host, former_host, False
        self.rescheduling: dict[str, Any] = {}
        self.new_places = False
        self.decided: dict[
            str, datetime | None
        ] = {}  # hours of registration, other than the start would take along
        self.moved_along = ""  # those that it takes along, in a sentence
        self.meetings: list[meeting_lines.MeetingLine] = []
        if "timezone" not in self.fields:  # looked at only
            return
        zone = self.instance.zone if self.instance.timezone else ZoneInfo("UTC")
        for name in PLACE_TIMES:
            field_of(self, name, PlaceTime).zone = zone
        field_of(self, "timezone", ZoneChoice).offer(self.instance.timezone)
        field_of(self, "reminder_leads", Checkboxes).offer(self.instance.reminder_leads, name=lead_name)
        if self.instance.pk:
            self.initial["meetings_text"] = meeting_lines.write(self.instance.meetings.all(), zone)
            self.initial["reminder_leads"] = self.instance.reminder_leads
            self.settle(timezone.now())
        else:
            self.initial.setdefault("reminder_leads", list(WEEK_DAY_AND_HOUR))
        if self.instance.pk and not self.instance.self_paced:
            for name in ("starts_at", "ends_at"):
                self.initial.pop(name, None)

    def settle(self, now: datetime) -> None:
        """What cannot be changed any more, or not here."""
        fixed = ["self_paced"]
        if self.instance.is_cancelled or self.instance.ends_at <= now:
            fixed += ["timezone", "meetings_text", "places", *RESCHEDULED]
        for name in fixed:
            if name in self.fields:
                self.fields[name].disabled = True

    def has_changed(self) -> bool:
        """A new session begins where someone says when it is; the rest of an empty form is filled beforehand."""
        if not self.instance.pk:
            return any(
                self[name].data for name in ("meetings_text", "starts_at", "ends_at") if name in self.fields
            )
        return self.follows or super().has_changed()

    @property
    def is_settled(self) -> bool:
        return "meetings_text" in self.fields and self.fields["meetings_text"].disabled

    def clean(self) -> dict[str, object]:
        facts = super().clean() or self.cleaned_data
        if "timezone" not in self.fields or "timezone" not in facts:
            return facts
        if not (zone_name := facts["timezone"] or self.hosts_zone()):
            self.add_error("timezone", _("Choose a time zone: there is no host whose clock it could be."))
            facts.pop("timezone", None)
            return facts
        facts["timezone"] = self.follow_host(zone_name)
        zone = ZoneInfo(facts["timezone"])
        for name in PLACE_TIMES:
            if self.fields[name].disabled:
                facts.pop(name, None)
            elif name in facts:
                try:
                    facts[name] = moment(facts[name], zone, was=self.was(name))
                except ValidationError as error:
                    self.add_error(name, error)
        if not self.is_settled:
            self.clean_times(facts, zone)
        starts_at, ends_at = facts.get("starts_at"), facts.get("ends_at")
        self.clean_rules(facts)
        if self.instance.pk:
            self.leave_to_actions(facts)
            self.clean_registration_hours(facts, starts_at, ends_at)
        return facts

    def hosts_zone(self) -> str:
        return self.host.timezone if self.host else ""

    def follow_host(self, zone: str) -> str:
        """While nobody has been told of it, a session on its host's clock follows the activity to another host."""
        session, former = self.instance, self.former_host
        if (
            former
            and self.host
            and self.host != former
            and zone == session.timezone == former.timezone
            and session.activity.published_at is None
        ):
            self.follows = True
            return self.host.timezone
        return zone

    def was(self, name: str) -> datetime | None:
        return getattr(self.instance, name) if self.instance.pk else None

    def clean_times(self, facts: dict[str, Any], zone: ZoneInfo) -> None:
        if facts.get("self_paced"):
            if facts.get("meetings_text", "").strip():
                self.add_error(
                    "meetings_text", _("A self-paced session has no meetings: give its window instead.")
                )
            starts_at, ends_at = facts.get("starts_at"), facts.get("ends_at")
            if not starts_at or not ends_at:
                for name in ("starts_at", "ends_at"):
                    if not facts.get(name) and name not in self.errors:
                        self.add_error(name, _("Say when people can learn."))
            elif ends_at <= starts_at:
                self.add_error("ends_at", _("The window closes before it opens."))
            return
        try:
            self.meetings = meeting_lines.read(facts.get("meetings_text", ""), zone)
        except ValidationError as error:
            self.add_error("meetings_text", error)
            return
        if not self.meetings:
            self.add_error(
                "meetings_text", _("Give at least one meeting, or say that the session is self-paced.")
            )
            return
        facts["starts_at"], facts["ends_at"] = self.meetings[0].starts_at, self.meetings[-1].ends_at

    def clean_rules(self, facts: dict[str, Any]) -> None:
        """What the database would refuse, in words."""
        if facts.get("eligibility") == Session.Eligibility.MEMBERS_FIRST and not facts.get(
            "members_first_until"
        ):
            self.add_error("members_first_until", _("Say until when registration is kept for members."))
        was = self.instance
        if was.pk and facts.get("starts_at") and facts["starts_at"] != was.starts_at:
            return  # what is left as it is moves with the start: see clean_registration_hours
        opens, closes = facts.get("registration_opens_at"), facts.get("registration_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", _("Registration closes before it opens."))
        ends_at = facts.get("ends_at")
        if closes and ends_at and closes > ends_at:
            self.add_error("registration_closes_at", _("Registration closes after the session is over."))

    def leave_to_actions(self, facts: dict[str, Any]) -> None:
        """Take out of the row's facts what the actions write, and remember what of it is new."""
        if self.is_settled:
            for name in (*RESCHEDULED, "places", "timezone", "self_paced"):
                facts.pop(name, None)
            return
        session = self.instance
        if session.self_paced:
            for name in ("starts_at", "ends_at"):
                if facts.get(name) and facts[name] != getattr(session, name):
                    self.rescheduling[name] = facts[name]
        elif self.meetings and not meeting_lines.same(session.meetings.all(), self.meetings):
            self.rescheduling["meetings"] = [line.as_times() for line in self.meetings]
        venue = {code: facts.get(f"venue_{code}") or "" for code in LANGUAGES}
        if any(text != (getattr(session, f"venue_{code}") or "") for code, text in venue.items()):
            self.rescheduling["venue"] = venue
        for name in ("joining_link", "joining_note"):
            if name in facts and facts[name] != getattr(session, name):
                self.rescheduling[name] = facts[name]
        self.new_places = "places" in facts and facts["places"] != session.places
        self.places = facts.get("places")
        for name in (*RESCHEDULED, "places", "self_paced"):
            facts.pop(name, None)

    def reason_form(self, *, needed: bool = False, bound: bool) -> ReasonForm:
        """Why it changes what people were told: asked on the page that says who is written to."""
        return ReasonForm(self.data if bound else None, needed=needed, prefix=f"{self.prefix}-why")

    def clean_registration_hours(
        self, facts: dict[str, Any], starts_at: datetime | None, ends_at: datetime | None
    ) -> None:
        """What hangs on a start that moves is decided here where somebody typed another hour; the rest moves along.

        Both are written with the move.
        """
        if not (starts_at and ends_at and starts_at != self.instance.starts_at):
            return
        typed = {name: facts.pop(name) for name in REGISTRATION_HOURS if name in facts}
        self.decided = {name: at for name, at in typed.items() if at != getattr(self.instance, name)}
        closes = self.decided.get("registration_closes_at")
        if closes and closes > ends_at:
            self.add_error("registration_closes_at", _("Registration closes after the session is over."))
            return
        moved = copy(self.instance)
        moved.timezone, moved.starts_at, moved.ends_at = facts["timezone"], starts_at, ends_at
        try:
            move_registration_hours(
                moved, start_before=self.instance.starts_at, decided=self.decided, now=timezone.now()
            )
        except RegistrationHoursCross as refusal:
            self.add_error("registration_closes_at", refusal.sentence)
        self.moved_along = hours_in_words(
            moved, [name for name in typed if name not in self.decided], self.instance
        )

    @property
    def moves(self) -> bool:
        """Whether the times are others; new titles alone move nothing."""
        if "starts_at" in self.rescheduling or "ends_at" in self.rescheduling:
            return True
        if "meetings" not in self.rescheduling:
            return False
        before = [(meeting.starts_at, meeting.ends_at) for meeting in self.instance.meetings.all()]
        return before != [(start, end) for start, end, _titles in self.rescheduling["meetings"]]
