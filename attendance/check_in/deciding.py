"""Whether somebody may check in, and else why not: asked by the page, and again by the action under the lock."""

from datetime import datetime

from catalog.models import Meeting
from registrations.models import Registration

from .. import errors
from ..models import Attendance
from . import hours


def check_in_of(registration: Registration | None, meeting: Meeting) -> Attendance | None:
    """What the person's check-in says, struck or not."""
    if registration is None:
        return None
    row: Attendance | None = registration.attendance.filter(
        meeting=meeting, source=Attendance.Source.CHECK_IN
    ).first()
    return row


def refusal(
    meeting: Meeting, registration: Registration | None, *, is_closed: bool, seen_at: datetime, now: datetime
) -> errors.Refused | None:
    """Why this person, who saw the code at `seen_at`, does not check in now; None when they may."""
    if meeting.was_called_off:
        return errors.MeetingDidNotHappen(meeting)
    if no_place := without_place(meeting, registration):
        return no_place
    row = check_in_of(registration, meeting)
    if row and row.struck_at:
        return errors.CheckInIsStruck(meeting)
    if is_closed:
        return errors.ListIsClosed(meeting)
    moment = hours.moment_that_counts(meeting, seen_at=seen_at, now=now)
    if moment < hours.opens_at(meeting):
        return errors.CheckInNotOpen(meeting, hours.opens_at(meeting))
    if moment >= meeting.ends_at:
        return errors.CheckInIsOver(meeting)
    return None


def without_place(meeting: Meeting, registration: Registration | None) -> errors.Refused | None:
    if registration is None:
        return errors.NotRegistered(meeting)
    if registration.is_held:
        return errors.PlaceIsHeld(meeting)
    if registration.is_waiting:
        return errors.WaitsForPlace(meeting)
    if not registration.is_confirmed:
        return errors.PlaceGivenBack(meeting)
    if registration.confirmed_at and registration.confirmed_at >= meeting.ends_at:
        return errors.PlaceCameLater(meeting)
    return None
