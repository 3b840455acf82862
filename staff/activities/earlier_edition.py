"""Of what an activity is an edition: named by hand where it was typed anew, and taken away where a copy is another thing."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Activity
from copying.actions import set_earlier
from copying.errors import CannotLead, NoSuchActivity
from desk.steps import Outlook, Step
from hubs.scope import in_scope

# Of an address as a browser shows it, or of what stands in the field “Address”.
LAST_PART = re.compile(r"([-\w]+)/?\s*$")


class EarlierForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the earlier edition"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField", "spellcheck": "false"}),
        help_text=_("As in the browser, or as on its page at the desk. Empty: it is no edition of another."),
    )

    def __init__(self, activity: Activity, **kwargs: Any) -> None:
        earlier = activity.earlier
        super().__init__(initial={"address": earlier.slug if earlier else ""}, **kwargs)


def look_at_earlier(activity: Activity) -> Outlook:
    sentence = _now(
        "Once both are public, the page of the later one lists the earlier one, which leads there. Nobody is written to."
    )
    return Outlook(activity, sentence, letters_known=False)


def name_earlier(activity: Activity, *, by: User, address: str) -> str:
    earlier = seen_at(address, by) if address.strip() else None
    set_earlier(activity=activity, earlier=earlier, by=by)
    if earlier is None:
        return _now("no edition of another.")
    return _now("an edition of “%(earlier)s”.") % {"earlier": earlier}


def seen_at(address: str, person: User) -> Activity:
    """Of what the person sees at the desk. Raises NoSuchActivity."""
    found = LAST_PART.search(address)
    earlier = found and in_scope(Activity.objects.filter(slug=found[1]), person, host="host").first()
    if not earlier:
        raise NoSuchActivity
    return earlier


EARLIER = Step(
    noun="earlier-edition",
    purpose=_("For an activity held again: visitors find the earlier one from here, and this from there."),
    label=_("Earlier edition"),
    question=_("Of what is this an edition?"),
    button=_("Save"),
    permission="catalog.change_activity",
    look=look_at_earlier,
    do=name_earlier,
    refusals=(CannotLead,),
    form_of=EarlierForm,
    several=False,
)
