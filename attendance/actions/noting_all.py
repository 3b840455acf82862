from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Meeting

from ..models import Attendance
from .closing import unaccounted
from .doors import lock_list_to_note


@transaction.atomic
def note_all_present(*, meeting: Meeting, by: User, now: datetime | None = None) -> int:
    """Whoever was expected and of whom nothing is known was present. Answers how many: each is a note of its own, which
    can be taken back.

    Raises ListIsClosed, MeetingDidNotHappen, TooEarly.
    """
    door = lock_list_to_note(meeting, now)
    people = unaccounted(door)
    for registration in people:
        # One after the other, not in one statement: each stands in the history.
        Attendance.objects.create(
            registration=registration,
            meeting=door.meeting,
            source=Attendance.Source.STAFF,
            state=Attendance.State.PRESENT,
            noted_at=door.now,
            noted_by=by,
            counts=True,  # nobody else tells of them
        )
    return len(people)
