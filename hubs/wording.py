"""What figures about people say of themselves: who attended, and of whom nobody knows whether they came."""

from django.utils.translation import ngettext

from .delivered import Delivered
from .models import Milestone


def said_beside(milestone: Milestone, so_far: Delivered) -> str:
    """What stands beside the count of a milestone. A promise of participants is met by people who attended; until
    attendance could be taken, by those registered."""
    if milestone.measure != Milestone.Measure.PARTICIPANTS:
        return ""
    said = []
    if so_far.registered_before:
        words = ngettext(
            "%(count)d of them registered before attendance was taken here",
            "%(count)d of them registered before attendance was taken here",
            so_far.registered_before,
        )
        said.append(words % {"count": so_far.registered_before})
    if so_far.registered_only:
        words = ngettext(
            "%(count)d more registered, attendance not recorded",
            "%(count)d more registered, attendance not recorded",
            so_far.registered_only,
        )
        said.append(words % {"count": so_far.registered_only})
    return "; ".join(said)
