"""Why somebody was not named, or a word of a focal point did not count."""

from django.utils.translation import gettext_lazy as _

from texts import refusals


class Refused(refusals.Refused):
    pass


class NotHere(Refused):
    words = _("This account is closed: choose another one.")


class NotYourself(Refused):
    words = _("Nobody names themselves. Ask a colleague.")


class TermIsOver(Refused):
    words = _("The last day of the term has passed: choose a later one.")


class TermTooLong(Refused):
    words = _("A term lasts two years at most: choose %(day)s or an earlier day.")

    def __init__(self, day: str):
        self.day = day


class HasEnded(Refused):
    words = _("This has ended already: %(why)s.")

    def __init__(self, why: str):
        self.why = why


class NoLongerFocalPoint(Refused):
    words = _("You are not a focal point of this organization, or no longer: nothing was changed.")


class ConfirmedMeanwhile(Refused):
    words = _("They are confirmed already. Are they not of the organization? Write to the secretariat.")
