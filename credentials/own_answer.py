"""What a person is told of the certificate on their registration's page: here it is, or why there is none."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices

from attendance.models import Attendance
from attendance.own_attendance import Line
from attendance.progress import Progress
from catalog.rule_told import somebody_signs
from registrations.models import Registration

from .due import GIVEN_UP
from .facts import MINUTE
from .models import Certificate


class Why(TextChoices):
    """There is none. In the order in which it is asked."""

    NO_CERTIFICATE = "no_certificate"  # of this activity
    OPEN = "open"  # a list
    NOT_TAKEN = "not_taken"  # attendance, at any meeting
    NOT_MET = "not_met"
    NOBODY_SIGNS = "nobody_signs"
    NOT_AGREED = "not_agreed"
    NO_NAME = "no_name"
    COMING = "coming"  # nothing is missing: the worker makes it soon, or the person now


@dataclass(frozen=True)
class Answer:
    """`given` are those that stand, `withdrawn` is the last one where none does. `why` is "" where there is one of them."""

    given: list[Certificate]
    withdrawn: Certificate | None = None
    why: Why | str = ""
    progress: Progress | None = None
    against: list[Line] = field(default_factory=list)  # the meetings that count against the person
    by_itself: bool = True  # what is long over is left to staff, and to the person

    @property
    def before(self) -> int:
        """Meetings that had taken place before the person registered: they count, and are on no list of theirs."""
        if self.progress is None or not self.progress.counts_meetings:
            return 0
        return self.progress.of - self.progress.present - len(self.against)

    @property
    def rule_words(self) -> str:
        """Of how many meetings it is: those at which attendance was taken."""
        if self.progress is None:
            return ""
        return self.progress.rule.words(self.progress.of if self.progress.counts_meetings else None)


def own_answer(
    registration: Registration, *, attendance: list[Line], progress: Progress | None, now: datetime
) -> Answer | None:
    """None while there is nothing to say: before the end, and of who has no place. `attendance` and `progress` are the
    person's own, as the page shows them. In one query, and one more where only the signature may be missing."""
    every = list(registration.certificates.filter(erased_at=None))
    given = [one for one in every if one.is_current]
    if given:
        return Answer(given)
    withdrawn = next((one for one in every if one.withdrawn_at), None)
    if withdrawn:
        return Answer([], withdrawn=withdrawn)
    session = registration.session
    if session.is_cancelled or session.ends_at > now or not registration.is_confirmed:
        return None
    by_minutes = progress is not None and not progress.counts_meetings
    against = [line for line in attendance if line.is_closed and counts_against(line, by_minutes=by_minutes)]
    return Answer(
        [],
        why=why_none(registration, progress, now),
        progress=progress,
        against=against,
        by_itself=session.ends_at > now - GIVEN_UP,
    )


def counts_against(line: Line, *, by_minutes: bool) -> bool:
    if line.state == Attendance.State.PRESENT:
        whole = (line.meeting.ends_at - line.meeting.starts_at) // MINUTE
        return by_minutes and line.minutes is not None and line.minutes < whole
    return line.state != "not_taken"


def why_none(registration: Registration, progress: Progress | None, now: datetime) -> Why:
    if progress is None:
        return Why.NO_CERTIFICATE
    if not progress.is_final:
        return Why.OPEN
    if not progress.of:
        return Why.NOT_TAKEN
    if not progress.met:
        return Why.NOT_MET
    if not somebody_signs(registration.session.activity, now):
        return Why.NOBODY_SIGNS
    if not registration.discloses:
        return Why.NOT_AGREED
    return Why.COMING if registration.person.name else Why.NO_NAME
