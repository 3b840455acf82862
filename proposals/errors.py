"""Why a change was refused: each refusal has a sentence for the person, saying what happened and what they can do now."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .states import State


class Refused(Exception):
    """Base of all refusals. `sentence` is worded when it is read, in the reader's language."""

    @property
    def sentence(self) -> str:
        raise NotImplementedError


class NotAllowed(Refused):
    """The proposal does not go from where it is to where it should, or not by this person."""

    def __init__(self, from_state: str, to_state: str):
        super().__init__(from_state, to_state)
        self.from_state, self.to_state = State(from_state), State(to_state)

    @property
    def sentence(self) -> str:
        return _("This proposal is “%(state)s” now, so this can no longer be done. Look at it again.") % {
            "state": self.from_state.label
        }


class NotYours(Refused):
    """Who asks has no part in this that would let them do it."""

    @property
    def sentence(self) -> str:
        return _("This is for others to do. If you think it is for you, write to the secretariat.")


class NotComplete(Refused):
    def __init__(self, labels: Iterable[Any]):
        self.labels = [str(label) for label in labels]
        super().__init__(*self.labels)

    @property
    def sentence(self) -> str:
        return _(
            "Some answers are missing or too long: %(which)s. Nothing is sent yet, and all you wrote is kept."
        ) % {"which": ", ".join(self.labels)}


class CallClosed(Refused):
    @property
    def sentence(self) -> str:
        return _(
            "This call is closed. Your text is kept: you can send it outside of the call, where proposals "
            "are always welcome."
        )


class CallNotOpen(Refused):
    @property
    def sentence(self) -> str:
        return _("This call is not open yet. Your text is kept: send it once the call opens.")


class CannotBeEdited(Refused):
    @property
    def sentence(self) -> str:
        return _(
            "This proposal is being read or is decided, so its text stands. Write a message if something must change."
        )


class ChangedElsewhere(Refused):
    """Another page saved this draft after this one was opened. `version` is the newest."""

    def __init__(self, version: int):
        super().__init__(version)
        self.version = version

    @property
    def sentence(self) -> str:
        return _("This text was changed in another window or by a co-proposer meanwhile.")


class NothingChanged(Refused):
    @property
    def sentence(self) -> str:
        return _("Nothing differs from what you sent before, so there is nothing to send.")


class TooManyFiles(Refused):
    @property
    def sentence(self) -> str:
        return _("There are three files already. Take one away first, then add this one.")


class TooManyCoProposers(Refused):
    @property
    def sentence(self) -> str:
        return _("You can propose with five others at most. Take one of them off first.")


class AlreadyProposing(Refused):
    @property
    def sentence(self) -> str:
        return _("This person proposes it already.")


class LinkNoLongerGood(Refused):
    @property
    def sentence(self) -> str:
        return _("This link is no longer good. Open the proposal and ask for a new one.")


class CallHasProposals(Refused):
    @property
    def sentence(self) -> str:
        return _("Something was sent to this call already, so who sees names in it stands.")
