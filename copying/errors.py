"""Why an activity is not copied."""

from django.utils.translation import gettext_lazy as _

from texts.refusals import Refused


class CannotCopy(Refused):
    """Nothing was copied."""


class ActivityIsGone(CannotCopy):
    words = _("Somebody deleted this activity meanwhile.")


class SessionIsGone(CannotCopy):
    words = _("One of these sessions is not there any more. Look at the list again.")


class HoursDoNotFit(CannotCopy):
    """Of a session, at the hours that the span gives it."""

    words = _("%(session)s: %(problem)s")

    def __init__(self, session: str, problem: str):
        self.session, self.problem = session, problem


class CannotLead(Refused):
    """An activity is no edition of that one."""


class NoSuchActivity(CannotLead):
    words = _("There is no activity at this address, or none that you see at the desk.")


class LeadsInACircle(CannotLead):
    words = _("That is this activity itself, or one of its later editions.")
