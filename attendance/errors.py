"""Why attendance is not noted, a list not closed, or a guest not taken in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting
from desk.clock import shown
from registrations import clocks
from texts import refusals

from .expected import noted_from


class Refused(refusals.Refused):
    """Base of the refusals of this room. Moments in a `sentence` are on the host's clock, where attendance is taken."""

    def __init__(self, meeting: Meeting):
        self.meeting = meeting

    def when(self, moment: datetime) -> str:
        return shown(moment, self.meeting.session.zone)

    @property
    def opens(self) -> str:
        return self.when(noted_from(self.meeting))

    @property
    def ends(self) -> str:
        return self.when(self.meeting.ends_at)


class TooEarly(Refused):
    words = _("Who is there can be noted from %(opens)s on.")


class NotOverYet(Refused):
    words = _("The meeting lasts until %(ends)s. Its list can be closed after that.")


class ListIsClosed(Refused):
    words = _("The list of this meeting is closed. Staff of the host can open it again.")


class ListIsOpen(Refused):
    words = _("The list of this meeting is open already.")


class MeetingDidNotHappen(Refused):
    words = _("The session was cancelled before this meeting: nobody could be there.")


class HasNoPlace(Refused):
    words = _("This person has no place in the session. Note them as a guest.")


class SomebodyIsNoted(Refused):
    words = _(
        "Somebody is noted on this list already, so attendance was taken. Close it, or take the notes back."
    )


class CheckInNotOpen(Refused):
    """Moments that are told to a participant are on their own clock, with the host's beside it."""

    words = _("Check-in opens: %(opens)s.")

    def __init__(self, meeting: Meeting, opens_at: datetime):
        super().__init__(meeting)
        self.opens_at = opens_at

    @property
    def opens(self) -> str:
        return clocks.moment(self.opens_at, self.meeting.session)


class CheckInIsOver(Refused):
    words = _("The meeting is over, and check-in with it. If you were there, tell staff of the host.")


class NotRegistered(Refused):
    words = _(
        "You are not registered for this session. Speak to staff of the host, at the door or in the call."
    )


class WaitsForPlace(Refused):
    words = _(
        "You are on the waiting list of this session and have no place in it. "
        "Speak to staff of the host, at the door or in the call."
    )


class PlaceIsHeld(Refused):
    words = _(
        "A place is held for you, and it is not confirmed yet that you act for a member. "
        "Speak to staff of the host, at the door or in the call."
    )


class PlaceGivenBack(Refused):
    words = _(
        "Your registration for this session is cancelled. "
        "Speak to staff of the host, at the door or in the call."
    )


class PlaceCameLater(Refused):
    words = _("You got your place after this meeting had ended. If you were there, tell staff of the host.")


class CodeIsWrong(refusals.Refused):
    words = _(
        "This code opens no meeting now. It changes every half minute: take the one that is on the screen."
    )


class TicketIsOld(refusals.Refused):
    words = _("This page was opened more than 15 minutes ago. Take the code that is on the screen now.")


class MeetingIsGone(refusals.Refused):
    words = _("This meeting was taken out of its session. Take the code that is on the screen now.")


class TicketOfAnother(refusals.Refused):
    words = _("This page was opened by somebody else. Take the code on the screen yourself.")


class TooManyCodes(refusals.Refused):
    words = _(
        "Too many codes that were not right came from you, or from your network. "
        "Wait a while, or speak to staff of the host."
    )


class CheckInIsStruck(Refused):
    words = _("Staff of the host struck your check-in. Speak to them.")


class NotCheckedIn(Refused):
    words = _("This person has not checked in.")


class ReasonMissing(Refused):
    words = _("Say why the list is opened again: it stays in the history.")


class MarkedMeanwhile(Refused):
    """Somebody else noted something else since the page was opened."""

    words = _("Somebody else changed this meanwhile. It stands as you see it now.")


class TooManyGuests(Refused):
    words = _("There are too many guests on this list. Register people at the desk instead.")


class GuestIsGone(Refused):
    words = _(
        "Nobody answered in time, so name and address were deleted. Write to the host if you were there."
    )


class NotYourLetter(Refused):
    words = _("This letter went to another address. Sign in with the address that it was sent to.")


class NoPlaceForGuest(Refused):
    words = _(
        "All places of this session are taken. You are counted as a guest; the host may still let you in."
    )


class TooManyHelpers(refusals.Refused):
    words = _("A session has at most %(most)d helpers. Take one away first.")

    def __init__(self, most: int):
        self.most = most


class NotClosedYet(Refused):
    words = _("The list of this meeting is not closed yet, so nothing is decided. Come back when it is.")


class AskedTooOften(Refused):
    words = _("This was asked and answered several times. Write to the host.")


class AnswerMissing(Refused):
    words = _("Say why it stays as it is: the person reads it.")
