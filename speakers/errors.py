"""Why something is not done with a speaker."""

from django.utils.translation import gettext_lazy as _

from texts import refusals


class Refused(refusals.Refused):
    """Base of this room's refusals."""


class IsGone(Refused):
    words = _("This speaker was forgotten already.")
