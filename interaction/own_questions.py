"""What the page of a registration, and the public page of an activity, show of questions."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from catalog.models import Activity, Meeting
from registrations.models import Registration

from .clock import closes_at, is_open
from .models import Question
from .places import has_place

# On a public page: the newest of a long row of sessions.
IN_PUBLIC = 40


@dataclass(frozen=True)
class AtMeeting:
    """The way to the questions of a meeting, and those that were answered, without names."""

    meeting: Meeting
    now: datetime
    count: int
    answered: list[Question]

    @property
    def is_open(self) -> bool:
        return is_open(self.meeting, self.now)

    @property
    def closes_at(self) -> datetime:
        return closes_at(self.meeting)


def own_questions(registration: Registration, now: datetime) -> list[AtMeeting]:
    """For who has a place: meetings at which something is asked or was. In one query."""
    session = registration.session
    if not has_place(registration) or session.self_paced:
        return []
    answered: dict[int, list[Question]] = {}
    counts: Counter[int] = Counter()
    for question in Question.objects.shown().filter(meeting__session=session).order_by("state_at", "pk"):
        counts[question.meeting_id] += 1
        if question.is_answered:
            answered.setdefault(question.meeting_id, []).append(question)
    found = []
    for meeting in session.meetings.all():
        meeting.session = session
        found.append(AtMeeting(meeting, now, counts[meeting.pk], answered.get(meeting.pk, [])))
    return [one for one in found if one.is_open or one.answered]


def meeting_to_ask_at(registration: Registration, now: datetime) -> Meeting | None:
    """The one that takes place, or comes next."""
    session = registration.session
    if not has_place(registration) or session.self_paced or session.is_cancelled:
        return None
    return next((one for one in session.meetings.all() if one.ends_at > now), None)


def in_public(activity: Activity) -> list[Question]:
    """Answered ones, where the host says so and who asked had read it. One query."""
    found = Question.objects.in_public().filter(meeting__session__activity=activity)
    return list(found.order_by("-meeting__starts_at", "state_at", "pk")[:IN_PUBLIC])
