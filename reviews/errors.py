"""Why a reading or a decision was refused: beside the refusals that proposals know, those of this room."""

from django.utils.translation import gettext_lazy as _

from proposals.errors import NotAllowed, NotYours, Refused

__all__ = [
    "AlreadyPrepared",
    "AlreadyReleased",
    "ConflictOfInterest",
    "NamesWouldShow",
    "NoReasons",
    "NotAReviewer",
    "NotAllowed",
    "NotYours",
    "Refused",
    "StartIsOver",
]


class NamesWouldShow(Refused):
    """Who sees the names cannot be a reviewer where names are hidden from reviewers."""

    words = _(
        "The names are hidden from the reviewers of this call, and this person sees them. Choose a reviewer "
        "who does not."
    )


class ConflictOfInterest(Refused):
    words = _("This person has an interest in this proposal, so they cannot review it. Choose somebody else.")


class NotAReviewer(Refused):
    words = _("This person may not review this proposal. Choose somebody of the staff or of the host asked.")


class AlreadyPrepared(Refused):
    words = _("A decision is prepared already. Take it back first, then prepare another.")


class AlreadyReleased(Refused):
    words = _("This decision was told already.")


class StartIsOver(Refused):
    """The first meeting is planned for a moment that has passed."""

    words = _(
        "The first meeting lies in the past. Choose a day to come, or leave it empty: the session can be planned later."
    )


class NoReasons(Refused):
    words = _("Give reasons: whoever wrote the proposal reads them.")
