"""Why a change to an agreement is refused. Each carries a sentence for the person who asked."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.clock_words import day


class Refused(Exception):
    """Base of all refusals. `sentence` is worded when it is read, in the reader's language."""

    @property
    def sentence(self) -> str:
        raise NotImplementedError


class OtherAgreement(Refused):
    """The host has another signed agreement at that time."""

    def __init__(self, first: date | None = None, last: date | None = None):
        super().__init__(first, last)
        self.first, self.last = first, last

    @property
    def sentence(self) -> str:
        if self.first is None or self.last is None:
            return _("This host has another agreement at that time already. A host has one at a time.")
        return _(
            "This host has another agreement from %(first)s to %(last)s. A host has one at a time: "
            "let this one begin after it, or end the other first."
        ) % {"first": day(self.first), "last": day(self.last)}


class NotSigned(Refused):
    @property
    def sentence(self) -> str:
        return _("This agreement is a draft. Sign it first.")


class AlreadySigned(Refused):
    @property
    def sentence(self) -> str:
        return _("This agreement is signed already.")


class SignedInTheFuture(Refused):
    @property
    def sentence(self) -> str:
        return _("A signature is recorded once it is given. Its day cannot be later than today.")


class IsOver(Refused):
    def __init__(self, last: date):
        super().__init__(last)
        self.last = last

    @property
    def sentence(self) -> str:
        return _("This agreement ended on %(day)s. Renew it instead.") % {"day": day(self.last)}


class EndsTooEarly(Refused):
    """An end before the start, or an extension that shortens."""

    def __init__(self, after: date):
        super().__init__(after)
        self.after = after

    @property
    def sentence(self) -> str:
        return _("The last day has to be later than %(day)s.") % {"day": day(self.after)}


class EndsTooLate(Refused):
    def __init__(self, before: date):
        super().__init__(before)
        self.before = before

    @property
    def sentence(self) -> str:
        return _("The last day has to be earlier than %(day)s, when the agreement ends anyway.") % {
            "day": day(self.before)
        }


class AlreadyRenewed(Refused):
    @property
    def sentence(self) -> str:
        return _("This agreement has its renewal already. Open that one to go on.")


class SaysNoReason(Refused):
    @property
    def sentence(self) -> str:
        return _("Say why: the reason stays with the agreement.")


class ReviewedAlready(Refused):
    @property
    def sentence(self) -> str:
        return _("The mid-term review of this agreement is recorded already.")


class HeldTooEarly(Refused):
    @property
    def sentence(self) -> str:
        return _(
            "A review is held while the agreement runs, and recorded when it was held. Look at its day again."
        )


class MetOrWaivedAlready(Refused):
    @property
    def sentence(self) -> str:
        return _("This milestone is no longer open.")
