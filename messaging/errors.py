"""Why a message is not sent or changed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from texts import refusals


class Refused(refusals.Refused):
    """Base of the refusals of this room."""


class SessionCancelled(Refused):
    words = _("This session was cancelled. Its people were told, and nobody is registered any more.")


class NobodyThere(Refused):
    words = _("Nobody is in these groups now, so there is nobody to write to.")


class TooLate(Refused):
    words = _("The day until which it is of use is over. Choose a later one, or none.")


class AlreadySent(Refused):
    words = _("This message was sent meanwhile. It stays as it is.")


class ChangedMeanwhile(Refused):
    words = _("It was changed since you looked at it. Look at it again, then send it.")


class RewrittenMeanwhile(Refused):
    """Typed on a form that shows what stood there before."""

    words = _(
        "Somebody has written this draft anew meanwhile: %(by)s. What you typed stands below; press again, and it takes "
        "the place of theirs."
    )

    def __init__(self, by: str, at: datetime):
        self.by, self.at = by, at


class TooMany(Refused):
    """Base of the limits of a day."""

    def __init__(self, most: int):
        self.most = most


class TooManyOfSession(TooMany):
    words = _(
        "%(most)d messages went to people of this session within a day. Wait, or nobody reads what they get."
    )


class TooManyOfHost(TooMany):
    words = _("%(most)d messages of this host went out within a day. Wait until tomorrow.")


class TooManyOfPerson(TooMany):
    words = _(
        "You sent %(most)d messages within a day. Wait until tomorrow, or ask somebody else of the host."
    )
