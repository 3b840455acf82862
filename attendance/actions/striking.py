"""A check-in proves that somebody saw the code, no more: staff and helpers may say that the person was not there."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Meeting
from registrations.models import Registration

from .. import errors
from ..models import Attendance
from .doors import Door, lock_open_list
from .noting import row_of
from .settling import settle


@transaction.atomic
def strike(
    *, registration: Registration, meeting: Meeting, by: User, now: datetime | None = None
) -> Attendance:
    """From now on the check-in counts for nothing, and the person cannot check in again. The row is kept, with who struck
    it; what others say stays beside it. Struck twice, the first time stands.

    Raises ListIsClosed, MeetingDidNotHappen, NotCheckedIn.
    """
    door = lock_open_list(meeting, now)
    row = check_in_of(door, registration)
    if row.struck_at is None:
        row.struck_at, row.struck_by, row.counts = door.now, by, False
        row.save(update_fields=["struck_at", "struck_by", "counts"])
        settle(door.meeting, [registration])
    return row


@transaction.atomic
def let_stand(
    *, registration: Registration, meeting: Meeting, by: User, now: datetime | None = None
) -> Attendance:
    """The struck check-in says again what it said. The history tells who struck it, and who let it stand.

    Raises ListIsClosed, MeetingDidNotHappen, NotCheckedIn.
    """
    door = lock_open_list(meeting, now)
    row = check_in_of(door, registration)
    if row.struck_at:
        row.struck_at = row.struck_by = None
        row.save(update_fields=["struck_at", "struck_by"])
        settle(door.meeting, [registration])
        row.refresh_from_db(fields=["counts"])
    return row


def check_in_of(door: Door, registration: Registration) -> Attendance:
    row = row_of(door, registration, source=Attendance.Source.CHECK_IN)
    if row is None:
        raise errors.NotCheckedIn(door.meeting)
    return row
