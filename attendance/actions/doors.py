"""What every change of this room asks first, under the session's lock."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from catalog.models import Meeting, Session
from registrations.actions.lock import lock_session

from .. import errors
from ..expected import noted_from
from ..models import Closing


@dataclass(frozen=True)
class Door:
    """A meeting as it is now, with its session locked until the transaction ends. `now` is taken after the lock."""

    meeting: Meeting
    session: Session
    closing: Closing | None
    now: datetime

    @property
    def is_early(self) -> bool:
        """Whether only who is excused may be noted yet."""
        return self.now < noted_from(self.meeting)


def lock_meeting(meeting: Meeting, now: datetime | None) -> Door:
    """Raises MeetingDidNotHappen when the session was cancelled before it began, Meeting.DoesNotExist when it is gone."""
    session = lock_session(meeting.session_id)
    now = now or timezone.now()
    meeting = session.meetings.get(pk=meeting.pk)
    meeting.session = session
    if meeting.was_called_off:
        raise errors.MeetingDidNotHappen(meeting)
    return Door(meeting, session, meeting.closings.standing().first(), now)


def lock_open_list(meeting: Meeting, now: datetime | None) -> Door:
    """As `lock_meeting`. Raises ListIsClosed, too."""
    door = lock_meeting(meeting, now)
    if door.closing:
        raise errors.ListIsClosed(door.meeting)
    return door


def lock_list_to_note(meeting: Meeting, now: datetime | None) -> Door:
    """As `lock_open_list`. Raises TooEarly, too."""
    door = lock_open_list(meeting, now)
    if door.is_early:
        raise errors.TooEarly(door.meeting)
    return door
