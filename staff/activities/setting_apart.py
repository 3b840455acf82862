"""A copy that is no edition of what it was copied from: the link between the two is taken away."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Activity
from copying.actions import set_apart
from copying.errors import CannotCopy
from desk.steps import Outlook, Step


def look_at_setting_apart(activity: Activity) -> Outlook:
    if activity.earlier is None:
        return Outlook(activity, refusal=_now("It is no edition of another."))
    return Outlook(
        activity,
        _now(
            "Its page names “%(earlier)s” no more as an earlier edition, and the page of that one leads here no more."
        )
        % {"earlier": activity.earlier},
    )


def do(activity: Activity, *, by: User) -> str:
    set_apart(activity=activity, by=by)
    return _now("no edition of another any more.")


SETTING_APART = Step(
    noun="setting-apart",
    label=_("No edition of the earlier one"),
    question=_("Is this no edition of the earlier one?"),
    button=_("Take the link away"),
    permission="catalog.change_activity",
    look=look_at_setting_apart,
    do=do,
    refusals=(CannotCopy,),
    makes_sense=lambda activity: activity.earlier_id is not None,
    several=False,
)
