from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from catalog.models import Meeting
from page_cache import new_edition
from registrations.models import Registration

from .. import errors
from ..expected import expected
from ..models import Attendance, Closing
from .doors import Door, lock_meeting, lock_open_list


@transaction.atomic
def close(*, meeting: Meeting, by: User, taken: bool = True, now: datetime | None = None) -> Closing:
    """Staff say that the list is complete: whoever was expected and is not known to have been there was absent. Where
    attendance was not `taken` nobody was absent: figures count registrations, and say so.

    Raises NotOverYet, ListIsClosed, MeetingDidNotHappen; SomebodyIsNoted when it was taken after all.
    """
    door = lock_open_list(meeting, now)
    if door.now < door.meeting.ends_at:
        raise errors.NotOverYet(door.meeting)
    if not taken and (door.meeting.attendance.standing().exists() or door.meeting.guests.exists()):
        raise errors.SomebodyIsNoted(door.meeting)
    closing = Closing.objects.create(meeting=door.meeting, taken=taken, closed_at=door.now, closed_by=by)
    new_edition()  # public figures count what closed lists say
    if not taken:
        return closing
    Attendance.objects.bulk_create(
        Attendance(
            registration=registration,
            meeting=door.meeting,
            source=Attendance.Source.CLOSING,
            state=Attendance.State.ABSENT,
            noted_at=door.now,
            noted_by=by,
            counts=True,  # nobody else tells of them
        )
        for registration in unaccounted(door)
    )
    return closing


@transaction.atomic
def open_again(*, meeting: Meeting, by: User, why: str, now: datetime | None = None) -> Closing:
    """Open a closed list, for a reason that stays. Who was absent because it was closed is not known to have been.

    Raises ReasonMissing, ListIsOpen, MeetingDidNotHappen.
    """
    if not why.strip():
        raise errors.ReasonMissing(meeting)
    door = lock_meeting(meeting, now)
    if door.closing is None:
        raise errors.ListIsOpen(door.meeting)
    closing = door.closing
    closing.opened_at, closing.opened_by, closing.why_opened = door.now, by, why.strip()
    closing.save(update_fields=["opened_at", "opened_by", "why_opened"])
    door.meeting.attendance.filter(source=Attendance.Source.CLOSING).delete()
    new_edition()
    return closing


def unaccounted(door: Door) -> "list[Registration]":
    """Who has a place, had it before the meeting ended, and of whom nothing is known."""
    known = door.meeting.attendance.standing().filter(registration=OuterRef("pk"))
    return list(door.session.registrations.filter(~Exists(known), expected(door.meeting.ends_at)))
