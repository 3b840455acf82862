"""Why something is not asked, voted for, reported or moderated."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting
from registrations import clocks
from texts import refusals

from .clock import closes_at


class Refused(refusals.Refused):
    """Base of the refusals of this room. Moments in a `sentence` are on the reader's clock."""

    def __init__(self, meeting: Meeting):
        self.meeting = meeting

    def __str__(self) -> str:
        """For a report of errors: nothing that would have to be fetched, which may fail again."""
        return type(self).__name__

    @property
    def closed(self) -> str:
        return self.when(closes_at(self.meeting))

    def when(self, moment: datetime) -> str:
        return clocks.moment(moment, self.meeting.session)


class HasNoPlace(Refused):
    words = _("Who has a place in this session asks here. You have none now.")


class TooLate(Refused):
    words = _("Questions were taken until a week after the meeting: %(closed)s.")


class CalledOff(Refused):
    words = _("The session was cancelled, so this meeting does not take place, and nothing is asked there.")


class TooManyQuestions(Refused):
    words = _(
        "You have asked %(most)d questions at this meeting, and that is as many as one person may. "
        "Take one back, or vote for those of others."
    )

    def __init__(self, meeting: Meeting, most: int):
        super().__init__(meeting)
        self.most = most


class TooFast(Refused):
    words = _("That was a lot in a short time. Wait a few minutes, then go on.")


class NotShown(Refused):
    words = _("This question is not shown any more.")


class OwnQuestion(Refused):
    words = _("It is your own question: it has your vote already, and you can take it back.")


class DecidedAlready(Refused):
    words = _("The host’s staff have looked at a report of this question, and let it stand.")


class TooManyReports(Refused):
    words = _("You have reported %(most)d questions of this meeting. The host’s staff look at them first.")

    def __init__(self, meeting: Meeting, most: int):
        super().__init__(meeting)
        self.most = most


class IsReported(Refused):
    words = _("Somebody reported this question: the host’s staff decide about that first.")


class GoneMeanwhile(Refused):
    words = _("This question was taken back meanwhile.")


class NotTheSame(Refused):
    words = _("Choose another question of this meeting with which it is the same.")
