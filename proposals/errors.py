"""Why a change to a proposal, or to a call, is refused."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from texts import refusals

from .states import State


class Refused(refusals.Refused):
    """Base of the refusals of this room."""


class NotAllowed(Refused):
    """The proposal does not go from where it is to where it should, or not by this person."""

    words = _("This proposal is “%(state)s” now, so this can no longer be done. Look at it again.")

    def __init__(self, from_state: str, to_state: str):
        self.from_state, self.to_state = State(from_state), State(to_state)

    @property
    def state(self) -> str:
        return str(self.from_state.label)


class NotYours(Refused):
    """Who asks has no part in this that would let them do it."""

    words = _("This is for others to do. If you think it is for you, write to the secretariat.")


class NotComplete(Refused):
    words = _(
        "Some answers are missing or too long: %(which)s. Nothing is sent yet, and all you wrote is kept."
    )

    def __init__(self, labels: Iterable[StrPromise | str]):
        self.labels = [str(label) for label in labels]

    @property
    def which(self) -> str:
        return ", ".join(self.labels)


class CallClosed(Refused):
    words = _(
        "This call is closed. Your text is kept: you can send it outside of the call, where proposals "
        "are always welcome."
    )


class CallNotOpen(Refused):
    words = _("This call is not open yet. Your text is kept: send it once the call opens.")


class CannotBeEdited(Refused):
    words = _(
        "This proposal is being read or is decided, so its text stands. Write a message if something must change."
    )


class ChangedElsewhere(Refused):
    """Another page saved this draft after this one was opened. `version` is the newest."""

    words = _("This text was changed in another window or by a co-proposer meanwhile.")

    def __init__(self, version: int):
        self.version = version


class NothingChanged(Refused):
    words = _("Nothing differs from what you sent before, so there is nothing to send.")


class TooManyFiles(Refused):
    words = _("There are three files already. Take one away first, then add this one.")


class TooManyCoProposers(Refused):
    words = _("You can propose with five others at most. Take one of them off first.")


class AlreadyProposing(Refused):
    words = _("This person proposes it already.")


class LinkNoLongerGood(Refused):
    words = _("This link is no longer good. Open the proposal and ask for a new one.")


class CallHasProposals(Refused):
    words = _("Something was sent to this call already, so who sees names in it stands.")
