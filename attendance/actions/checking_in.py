from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Meeting

from .. import errors
from ..check_in import deciding, hours
from ..models import Attendance
from .doors import lock_meeting
from .noting import write


@transaction.atomic
def check_in(
    *, meeting: Meeting, person: User, seen_at: datetime, by: User, now: datetime | None = None
) -> Attendance:
    """The person, who saw the meeting's code at `seen_at`, was present; checked in again changes nothing. What staff or a
    report say stays beside it and goes first.

    Raises MeetingDidNotHappen, NotRegistered, WaitsForPlace, PlaceGivenBack, PlaceCameLater, CheckInIsStruck, ListIsClosed,
    CheckInNotOpen, CheckInIsOver.
    """
    door = lock_meeting(meeting, now)
    registration = door.session.registrations.filter(person=person).first()
    row = deciding.check_in_of(registration, door.meeting)
    if row and not row.struck_at:
        return row
    refusal = deciding.refusal(
        door.meeting, registration, is_closed=door.closing is not None, seen_at=seen_at, now=door.now
    )
    if refusal or registration is None:
        raise refusal or errors.NotRegistered(door.meeting)
    return write(
        door,
        registration,
        state=Attendance.State.PRESENT,
        source=Attendance.Source.CHECK_IN,
        by=by,
        at=hours.moment_that_counts(door.meeting, seen_at=seen_at, now=door.now),
    )
