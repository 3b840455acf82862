"""Taps at the list at the door: done once however often they are sent, and never over what somebody else did meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Meeting
from registrations.models import Registration

from ..models import Attendance, Tap
from .doors import Door, lock_open_list
from .noting import row_of, take_back, write

# A phone without a connection keeps a tap for 12 hours.
TAPS_KEPT = timedelta(days=3)


@dataclass(frozen=True)
class Result:
    """Whether the tap was done, and how the list stands now: `state` is "" where nothing is noted, `seen` is what the next
    tap at this line has to say."""

    done: bool
    state: str
    seen: str


@transaction.atomic
def tap(
    *,
    registration: Registration,
    meeting: Meeting,
    state: str,
    seen: str,
    by: User,
    id: UUID | None = None,
    now: datetime | None = None,
) -> Result:
    """Note `state` ("" takes the note back) for somebody whose line showed `seen` (see `seen_of`) when it was pressed.

    What stands so already is no change, whoever wrote it. Where somebody else wrote another thing since, that stands, and
    the tap is not done. A tap that comes again under its `id` changes nothing and answers as at first, with what stands now.
    Raises what `note` raises; then nothing is kept and it may be sent again.
    """
    door = lock_open_list(meeting, now)
    known = Tap.objects.filter(pk=id).first() if id else None
    if known:
        return result(door, registration, done=known.done)
    row = row_of(door, registration, source=Attendance.Source.STAFF)
    done = True
    if state == (row.state if row else ""):
        pass
    elif seen_of(row) != seen:
        done = False
    elif state:
        write(door, registration, state=state, by=by, source=Attendance.Source.STAFF)
    else:
        take_back(door, registration, source=Attendance.Source.STAFF)
    Tap.objects.create(
        id=id or uuid4(),
        meeting=door.meeting,
        registration=registration,
        state=state,
        done=done,
        tapped_by=by,
        received_at=door.now,
    )
    return result(door, registration, done=done)


def seen_of(row: Attendance | None) -> str:
    """What a line of the list shows of staff's word, so that a later change can be told from it: state and moment."""
    return f"{row.state}@{row.noted_at.timestamp():.6f}" if row else ""


def result(door: Door, registration: Registration, *, done: bool) -> Result:
    row = row_of(door, registration, source=Attendance.Source.STAFF)
    return Result(done, row.state if row else "", seen_of(row))


def forget_old_taps(*, now: datetime | None = None) -> int:
    """Delete the numbers of taps that no phone can send any more. Answers how many."""
    old = Tap.objects.filter(received_at__lt=(now or timezone.now()) - TAPS_KEPT)
    return old.delete()[0]
