"""Other times, another place, another way to join: what is typed, and who hears of it."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import MeetingsRefused
from catalog.models import Session
from desk.fields import PlaceTime, field_of, moment
from desk.steps import Outlook, Step, letters_sentence
from desk.translations import LANGUAGES
from registrations import actions
from registrations.actions.registration_hours import REGISTRATION_HOURS, move_registration_hours
from registrations.admin.reasons import reason_fields, reasons_in
from registrations.errors import Refused, RegistrationHoursCross
from texts.languages import language_name

from ..recipients import drops_a_meeting, recipients_of_cancellation
from . import meeting_lines
from .moving import Move, move_in
from .steps import can_change, refusal_to_change
from .words import MEETINGS_HELP, hours_in_words

MOVES_ALONG = _("Left as it is, it moves with the start.")


def look_at_change(session: Session) -> Outlook:
    if refusal := refusal_to_change(session):
        return Outlook(session, refusal=refusal)
    return Outlook(
        session,
        _now(
            "Times are on the clock of %(zone)s. A new time or place is told to everybody confirmed or waiting; a new way "
            "to join alone only from an hour before the start on, to those confirmed."
        )
        % {"zone": session.timezone},
        recipients_of_cancellation(session),
    )


class RescheduleForm(forms.Form):
    """When and where one session takes place, and how to join it."""

    meetings_text = forms.CharField(
        label=_("Meetings"),
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "class": "vLargeTextField desk-lines", "spellcheck": "false"}
        ),
        help_text=MEETINGS_HELP,
    )
    starts_at = PlaceTime(label=_("Window opens"))
    ends_at = PlaceTime(label=_("Window closes"))
    joining_link = forms.URLField(
        label=_("Joining link"), required=False, max_length=500, assume_scheme="https"
    )
    joining_note = forms.CharField(label=_("Joining note"), required=False, max_length=300)

    registration_opens_at = PlaceTime(label=_("Registration opens"), help_text=MOVES_ALONG)
    members_first_until = PlaceTime(label=_("Members first until"), help_text=MOVES_ALONG)
    registration_closes_at = PlaceTime(label=_("Registration closes"), help_text=MOVES_ALONG)

    def __init__(self, session: Session, *, move: Move | None = None, **kwargs: Any) -> None:
        initial = {
            **{name: getattr(session, name) for name in REGISTRATION_HOURS},
            "meetings_text": meeting_lines.write(session.meetings.all(), session.zone),
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "joining_link": session.joining_link,
            "joining_note": session.joining_note,
        }
        for code in LANGUAGES:
            initial[f"venue_{code}"] = getattr(session, f"venue_{code}") or ""
        if move:
            initial |= move.filled_in()
        super().__init__(initial=initial, **kwargs)
        self.session, self.move = session, move
        self.fields["meetings_text"].widget.attrs["rows"] = max(4, session.meetings.count() + 1)
        for name in ("meetings_text",) if session.self_paced else ("starts_at", "ends_at"):
            del self.fields[name]
        for name in REGISTRATION_HOURS:
            field_of(self, name, PlaceTime).zone = session.zone
            if not initial[name]:
                del self.fields[name]  # it hangs on nothing that could move
        for name in ("starts_at", "ends_at"):
            if name in self.fields:
                field = field_of(self, name, PlaceTime)
                field.zone, field.required = session.zone, True
        for code in LANGUAGES:
            self.fields[f"venue_{code}"] = forms.CharField(
                label=_now("Venue in %(language)s") % {"language": language_name(code)},
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"lang": code, "class": "vTextField"}),
            )
        self.fields |= reason_fields("reason_", needed=False)
        if move:
            first = self.fields["starts_at" if session.self_paced else "meetings_text"]
            first.help_text = f"{move.sentence} {first.help_text}"

    def clean(self) -> dict[str, object]:
        """What actions.reschedule takes: only what is other than before."""
        typed, session = self.cleaned_data, self.session
        facts: dict[str, Any] = {}
        if session.self_paced:
            self.clean_window(typed, facts)
        elif "meetings_text" in typed:
            self.clean_meetings(typed, facts)
        self.clean_registration_hours(typed, facts)
        facts["venue"] = {code: typed.get(f"venue_{code}", "") for code in LANGUAGES}
        facts["joining_link"], facts["joining_note"] = typed.get("joining_link"), typed.get("joining_note")
        facts["reason"] = reasons_in(typed, "reason_")
        if drops_a_meeting(session, facts.get("meetings")) and "en" not in facts["reason"]:
            self.add_error("reason_en", _now("Say why the meeting no longer takes place: people are told."))
        return facts

    def clean_window(self, typed: dict[str, Any], facts: dict[str, Any]) -> None:
        for name in ("starts_at", "ends_at"):
            try:
                if typed.get(name):
                    facts[name] = moment(typed[name], self.session.zone, was=getattr(self.session, name))
            except ValidationError as error:
                self.add_error(name, error)
        if facts.get("starts_at") and facts.get("ends_at") and facts["ends_at"] <= facts["starts_at"]:
            self.add_error("ends_at", _now("The window closes before it opens."))

    def clean_meetings(self, typed: dict[str, Any], facts: dict[str, Any]) -> None:
        try:
            lines = meeting_lines.read(typed["meetings_text"], self.session.zone)
        except ValidationError as error:
            self.add_error("meetings_text", error)
            return
        if not lines:
            self.add_error("meetings_text", _now("Give at least one meeting."))
            return
        if lines[-1].ends_at <= timezone.now():
            self.add_error("meetings_text", _now("It would be over already."))
        if not meeting_lines.same(self.session.meetings.all(), lines):
            facts["meetings"] = [line.as_times() for line in lines]

    def clean_registration_hours(self, typed: dict[str, Any], facts: dict[str, Any]) -> None:
        """Those that somebody typed otherwise are decided; the others move with the start."""
        session, decided = self.session, {}
        for name in REGISTRATION_HOURS:
            if name not in self.fields or name in self.errors or self.add_prefix(name) not in self.data:
                continue
            try:
                at = moment(typed.get(name), session.zone, was=getattr(session, name))
            except ValidationError as error:
                self.add_error(name, error)
                continue
            if at != getattr(session, name):
                decided[name] = at
        facts["registration_hours"] = decided
        if not decided.get("members_first_until", True) and session.eligibility == "members_first":
            self.add_error("members_first_until", _now("Say until when registration is kept for members."))
        moved = copy(session)
        if "meetings" in facts:
            moved.starts_at, moved.ends_at = facts["meetings"][0][0], facts["meetings"][-1][1]
        moved.starts_at = facts.get("starts_at") or moved.starts_at
        moved.ends_at = facts.get("ends_at") or moved.ends_at
        closes = decided.get("registration_closes_at")
        if closes and closes > moved.ends_at:
            self.add_error("registration_closes_at", _now("Registration closes after the session is over."))
        try:
            move_registration_hours(
                moved, start_before=session.starts_at, decided=decided, now=timezone.now()
            )
        except RegistrationHoursCross as refusal:
            self.add_error("registration_closes_at", refusal.sentence)


def reschedule(session: Session, *, by: User, **facts: Any) -> str:
    before = copy(session)
    letters = letters_sentence(actions.reschedule(session=session, by=by, **facts))
    session.refresh_from_db(fields=REGISTRATION_HOURS)
    return " ".join([letters, hours_in_words(session, REGISTRATION_HOURS, before)]).strip()


RESCHEDULING = Step(
    noun="rescheduling",
    purpose=_("For a session at another time or place: all keep their places, and read what is new."),
    label=_("Reschedule or move"),
    question=_("Change time, place or way to join?"),
    button=_("Change, and write to people"),
    permission="catalog.change_session",
    look=look_at_change,
    do=reschedule,
    refusals=(Refused, MeetingsRefused),
    form_of=RescheduleForm,
    filled_in=lambda session, query: {"move": move_in(session, query)},
    makes_sense=can_change,
)
