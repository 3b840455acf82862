"""What the screen of a meeting shows: for the beamer in the room, and for the screen that is shared in a call."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalog.models import Meeting

from ..expected import noted_from
from ..models import Attendance
from . import codes, hours, qr


@dataclass
class Screen:
    meeting: Meeting
    now: datetime

    @cached_property
    def state(self) -> str:
        """ "called_off", "closed", "too_early", "over", or "shown", before check-in opens too, so that it can be set up."""
        if self.meeting.was_called_off:
            return "called_off"
        if self.meeting.closings.standing().exists():
            return "closed"
        if self.now < self.shown_from:
            return "too_early"
        return "shown" if self.now < self.meeting.ends_at else "over"

    @property
    def shown_from(self) -> datetime:
        return noted_from(self.meeting)

    @property
    def opens_at(self) -> datetime:
        return hours.opens_at(self.meeting)

    @property
    def is_open(self) -> bool:
        return hours.is_open(self.meeting, self.now)

    @property
    def code(self) -> str:
        return codes.code_at(self.meeting.pk, self.now)

    @property
    def code_in_two(self) -> str:
        return codes.in_two(self.code)

    @property
    def seconds_left(self) -> int:
        """Until the code changes, from 30 down to 1."""
        return -int((self.now - codes.next_step(self.now)).total_seconds() // 1)

    @property
    def renew_in(self) -> int:
        """Seconds until the page is to be made anew; 0 where nothing will change."""
        if self.state == "too_early":
            return 60
        return self.seconds_left if self.state == "shown" else 0

    @property
    def address(self) -> str:
        """In no language: whoever opens it is led on in their own."""
        return address_of("attendance:check_in_by_code", self.code)

    @property
    def where_to_type(self) -> str:
        """As people type it: “station.example/check-in”."""
        return address_of("attendance:check_in").partition("://")[2].rstrip("/")

    @cached_property
    def drawn(self) -> dict[str, object]:
        modules = qr.matrix(self.address)
        return {"side": len(modules), "path": qr.path(modules)}

    @cached_property
    def checked_in(self) -> int:
        rows = self.meeting.attendance.standing()
        return int(rows.filter(source=Attendance.Source.CHECK_IN).count())


def address_of(page: str, *args: object) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(settings.SITE_URL + reverse(page, args=args))
