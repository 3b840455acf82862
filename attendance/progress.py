"""How far one is by the activity's rule: “present at 1 of 5 meetings so far”, and in the end whether one has taken part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.certificate_rule import Counted, Rule
from catalog.models import Meeting
from registrations.models import Registration

from .models import Attendance
from .own_attendance import standing

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Progress:
    """`present` and `excused` of `of`: meetings, or whole minutes, as the rule counts. Meetings at which attendance was not
    taken are no part of it. `is_final` once every list is closed."""

    rule: Rule
    present: int
    excused: int
    of: int
    is_final: bool

    @property
    def met(self) -> bool:
        return self.rule.met_by(present=self.present, excused=self.excused, of=self.of)

    @property
    def counts_meetings(self) -> bool:
        return self.rule.percent_of == Counted.MEETINGS

    @property
    def words(self) -> str:
        numbers = {"present": self.present, "of": self.of}
        if self.rule.percent_of == Counted.MINUTES:
            so_far = _("present for %(present)d of %(of)d minutes so far") % numbers
            whole = _("present for %(present)d of %(of)d minutes") % numbers
        else:
            so_far = (
                ngettext(
                    "present at %(present)d of %(of)d meeting so far",
                    "present at %(present)d of %(of)d meetings so far",
                    self.of,
                )
                % numbers
            )
            whole = (
                ngettext(
                    "present at %(present)d of %(of)d meeting",
                    "present at %(present)d of %(of)d meetings",
                    self.of,
                )
                % numbers
            )
        return whole if self.is_final else so_far

    @property
    def outcome(self) -> str:
        """What came of it, or "" while it is not decided."""
        if not self.is_final:
            return ""
        return _("By the rule you have taken part.") if self.met else _("By the rule that is not enough.")


def progress(registration: Registration) -> Progress | None:
    """Of who has a place, where the activity has a rule and attendance can be taken: in three queries."""
    rule = registration.session.activity.rule
    meetings = list(registration.session.meetings.all())
    if rule is None or not meetings or not registration.is_confirmed:
        return None
    prefetch_related_objects(meetings, "closings")
    rows = Attendance.objects.counted().filter(registration=registration, meeting__in=meetings)
    return counted(rule, meetings, {row.meeting_id: row for row in rows})


def counted(rule: Rule, meetings: Iterable[Meeting], rows: dict[int, Attendance]) -> Progress:
    """`rows` by meeting, the ones that count. The meetings come with their closings."""
    by_minutes = rule.percent_of == Counted.MINUTES
    present = excused = of = 0
    is_final = True
    for meeting in meetings:
        closing = standing(meeting)
        if closing and not closing.taken:
            continue
        whole = (meeting.ends_at - meeting.starts_at) // MINUTE if by_minutes else 1
        row = rows.get(meeting.pk)
        of += whole
        is_final = is_final and closing is not None
        if row and row.state == Attendance.State.PRESENT:
            # Present and not measured is present for the whole meeting.
            present += whole if row.minutes is None or not by_minutes else min(row.minutes, whole)
        elif row and row.state == Attendance.State.EXCUSED:
            excused += whole
    return Progress(rule, present, excused, of, is_final)
