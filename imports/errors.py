"""Why an import is not begun or not undone. What refuses single rows are the refusals of `registrations`."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from texts import refusals


class Refused(refusals.Refused):
    """Base of the refusals of this room."""


class NoAddresses(Refused):
    words = _("No column is said to hold the e-mail addresses. Choose it.")


class TwiceTheSame(Refused):
    words = _("Two columns are said to hold the same. Choose one of them.")


def refuse_twice(columns: Sequence[str]) -> None:
    named = [column for column in columns if column]
    if len(set(named)) < len(named):
        raise TwiceTheSame


class BegunAlready(Refused):
    words = _("This import was begun meanwhile. Here is how far it is.")


class NotLookedAtYet(Refused):
    words = _("What the rows would do is still being looked up. Wait until all of it is shown.")


class SameSession(Refused):
    words = _("They are in this session already. Choose another one.")


class NotStanding(Refused):
    words = _("This registration was cancelled meanwhile, so nobody is moved.")


class NotToBeUndone(Refused):
    words = _("This import can no longer be undone: what its rows said is deleted, or it was undone before.")
