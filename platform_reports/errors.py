"""Why a platform report is not noted, or a decision about it not taken; beside what `attendance` refuses."""

from django.utils.translation import gettext_lazy as _

from texts import refusals


class Refused(refusals.Refused):
    """Base of the refusals of this room."""


class OfAnotherDay(Refused):
    words = _(
        "Nothing in this report was on the day of the meeting. Choose the right file, or the clock it was written on."
    )


class NotOnTheList(Refused):
    words = _("%(who)s is not on the list of this meeting any more. Choose again.")

    def __init__(self, who: str):
        self.who = who


class DecidedMeanwhile(Refused):
    words = _("Somebody else decided about this meanwhile. It stands as you see it now.")


class TracesAreErased(Refused):
    words = _(
        "Names and addresses of this report were deleted after 60 days: nothing can be decided any more."
    )


class TooLarge(Refused):
    """What was read cannot be carried along by the page that shows it."""

    words = _("This file is too large to be shown before it is noted. Take out columns that are not needed.")


class CarriedTooLong(Refused):
    words = _("This page was open for more than a day. Choose the file again.")
