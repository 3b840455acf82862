"""Why a change to an agreement is refused."""

from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import clock_words
from texts import refusals


class Refused(refusals.Refused):
    """Base of the refusals of this room."""


class OfADay(Refused):
    """Where a day says why."""

    def __init__(self, date: date):
        self.date = date

    @property
    def day(self) -> str:
        return clock_words.day(self.date)


class OtherAgreement(Refused):
    """The host has another signed agreement at that time."""

    def __init__(self, first: date | None = None, last: date | None = None):
        self.first, self.last = first, last

    @property
    def sentence(self) -> str:
        if self.first is None or self.last is None:
            return _now("This host has another agreement at that time already. A host has one at a time.")
        return _now(
            "This host has another agreement from %(first)s to %(last)s. A host has one at a time: "
            "let this one begin after it, or end the other first."
        ) % {"first": clock_words.day(self.first), "last": clock_words.day(self.last)}


class NotSigned(Refused):
    words = _("This agreement is a draft. Sign it first.")


class AlreadySigned(Refused):
    words = _("This agreement is signed already.")


class SignedInTheFuture(Refused):
    words = _("A signature is recorded once it is given. Its day cannot be later than today.")


class IsOver(OfADay):
    words = _("This agreement ended on %(day)s. Renew it instead.")


class EndsTooEarly(OfADay):
    """An end before the start, or an extension that shortens."""

    words = _("The last day has to be later than %(day)s.")


class EndsTooLate(OfADay):
    words = _("The last day has to be earlier than %(day)s, when the agreement ends anyway.")


class AlreadyRenewed(Refused):
    words = _("This agreement has its renewal already. Open that one to go on.")


class SaysNoReason(Refused):
    words = _("Say why: the reason stays with the agreement.")


class ReviewedAlready(Refused):
    words = _("The mid-term review of this agreement is recorded already.")


class HeldTooEarly(Refused):
    words = _(
        "A review is held while the agreement runs, and recorded when it was held. Look at its day again."
    )


class MetOrWaivedAlready(Refused):
    words = _("This milestone is no longer open.")
