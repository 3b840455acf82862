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
