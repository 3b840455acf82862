"""A session on another day: which day is meant, and what the rescheduling page then has filled in.

Hours stay what they are on the host's clock. Nothing is changed here: the page of rescheduling asks, and does it.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import clock_words
from catalog.models import Meeting, Session
from desk.years import validate_year
from texts.numbers import number_in

from . import meeting_lines


@dataclass(frozen=True)
class Move:
    """Of one meeting, or of the whole where the session has none; `after` takes the meetings after it along."""

    session: Session
    meeting: Meeting | None
    day: date
    after: bool = False

    @property
    def start(self) -> datetime:
        """From where it moves, on the host's clock."""
        return on_host_clock(self.session, self.meeting or self.session)[0]

    @property
    def by(self) -> timedelta:
        return self.day - self.start.date()

    def takes(self, meeting: Meeting) -> bool:
        if self.meeting is None:
            return False
        return meeting.pk == self.meeting.pk or (self.after and meeting.starts_at > self.meeting.starts_at)

    def filled_in(self) -> dict[str, Any]:
        """For RescheduleForm, where what is there now would stand."""
        session = self.session
        if session.self_paced or not session.meetings.all():
            start, end = (moved(at, self.by) for at in on_host_clock(session, session))
            if session.self_paced:
                return {"starts_at": start, "ends_at": end}
            whole = Meeting(session=session, starts_at=start, ends_at=end)
            return {"meetings_text": meeting_lines.write([whole], session.zone)}
        there = [self.moved(meeting) for meeting in session.meetings.all()]
        there.sort(key=lambda meeting: meeting.starts_at.replace(tzinfo=None))
        return {"meetings_text": meeting_lines.write(there, session.zone)}

    def moved(self, meeting: Meeting) -> Meeting:
        start, end = on_host_clock(self.session, meeting)
        by = self.by if self.takes(meeting) else timedelta(0)
        there = copy(meeting)
        there.starts_at, there.ends_at = moved(start, by), moved(end, by)
        return there

    @property
    def sentence(self) -> str:
        return _now(
            "Filled in is %(new)s instead of %(old)s, on the clock of %(zone)s. Nothing has been changed yet."
        ) % {
            "new": clock_words.full_day(self.day),
            "old": clock_words.full_day(self.start.date()),
            "zone": self.session.timezone,
        }


def on_host_clock(session: Session, what: Session | Meeting) -> tuple[datetime, datetime]:
    return what.starts_at.astimezone(session.zone), what.ends_at.astimezone(session.zone)


def moved(at: datetime, by: timedelta) -> datetime:
    """The same hour by the clock on the wall, also where that hour does not exist: the page then says so."""
    return at + by  # of one zone: Python reckons with what the clock shows


def meeting_named(session: Session, text: str) -> Meeting | None:
    """That of the address; else the next one, else the last."""
    meetings = list(session.meetings.all())
    asked = number_in(text)
    for meeting in meetings:
        if meeting.pk == asked:
            return meeting
    coming = [meeting for meeting in meetings if meeting.ends_at > timezone.now()]
    return next(iter([*coming, *reversed(meetings)]), None)


def move_in(session: Session, query: QueryDict) -> Move | None:
    """What `?meeting=7&day=2026-12-08&after=on` asks for; None where it names no day that is one."""
    form = NewDayForm(session, meeting_named(session, query.get("meeting", "")), data=query)
    return form.move() if form.is_valid() else None


class NewDayForm(forms.Form):
    """Asked by GET: it leads to the page that asks whether to do it."""

    day = forms.DateField(
        label=_("New day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "vDateField"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        validators=[validate_year],
    )
    after = forms.BooleanField(
        label=_("Move the meetings after it by as many days, too"), required=False, initial=False
    )

    def __init__(self, session: Session, meeting: Meeting | None, **kwargs: Any) -> None:
        self.session, self.meeting = session, meeting
        start, end = on_host_clock(session, meeting or session)
        super().__init__(initial={"day": start.date()}, **kwargs)
        self.fields["day"].help_text = _now("On the clock of %(zone)s. The hour there stays: %(hours)s.") % {
            "zone": session.timezone,
            "hours": clock_words.hours(start, end),
        }
        later = meeting and any(one.starts_at > meeting.starts_at for one in session.meetings.all())
        if not later:
            del self.fields["after"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day == on_host_clock(self.session, self.meeting or self.session)[0].date():
            raise ValidationError(_now("That is the day on which it is now."))
        return day

    def move(self) -> Move:
        return Move(
            self.session, self.meeting, self.cleaned_data["day"], self.cleaned_data.get("after", False)
        )
