"""What an activity says of itself: the upper part of its screen."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.regions import Region
from desk.fields import Checkboxes, Lines, field_of, language_choices
from desk.form_errors import WENT_BACK

from ..picture_field import WithPicture


class ActivityForm(WithPicture):
    languages = Checkboxes(label=_("Working languages"), choices=language_choices)
    interpretation = Checkboxes(label=_("Interpretation into"), choices=language_choices)
    audiences = Checkboxes(label=_("Audience"), choices=User.Profile.choices, help_text=_("None means both."))
    regions = Checkboxes(
        label=_("For members of"), choices=Region.choices, help_text=_("None means all regions.")
    )
    partners = Lines(label=_("Partners"))

    # The person looked at the page that asks, and went back to the form.
    went_back = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("languages", "interpretation", "audiences", "regions"):
            if name in self.fields:
                field_of(self, name, Checkboxes).offer(getattr(self.instance, name))

    def clean(self) -> dict[str, object]:
        facts = super().clean() or self.cleaned_data
        if "host" in self.fields and not facts.get("host") and not facts.get("offered_by"):
            self.add_error("host", _("Say which host offers it. For history of others, say who offered it."))
        since, until = facts.get("held_on"), facts.get("held_until")
        if until and (not since or until < since):
            self.add_error("held_until", _("It cannot end before it begins."))
        if self.went_back:
            raise ValidationError(_("Nothing is saved yet."), code=WENT_BACK)
        return facts
