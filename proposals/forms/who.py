"""Who proposes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import OrganizationChoice
from accounts.models import Organization
from desk.fields import field_of

from ..content import ITEMS, Content, Typed
from ..fields import NameText, Text
from .step import StepForm


class WhoForm(StepForm):
    step = "who"
    organization = OrganizationChoice(
        label=ITEMS["organization"].label,
        required=False,
        empty_label=_("Not in this list"),
        help_text=_("The members of Metropolis and its partners."),
    )
    organization_other = Text("organization_other", _("Only if yours is not in the list."))
    contact_name = NameText("contact_name", autocomplete="name")
    contact_post = Text("contact_post", autocomplete="organization-title")
    contact_email = forms.EmailField(
        label=ITEMS["contact_email"].label,
        max_length=254,
        help_text=_("Our answers go there. When you send your proposal we ask you to confirm it."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ["organization", "organization_other", "contact_name", "contact_post", "contact_email"]

    def prepare(self, typed: Typed) -> None:
        field_of(self, "organization", OrganizationChoice).offer(Organization.objects.all())
        if chosen := Organization.objects.standing_one(self.initial.get("organization")):
            self.initial["organization"] = chosen.pk
        if self.person is None:
            return
        email = self.fields["contact_email"]
        email.disabled = True
        email.help_text = _("The address you sign in with. Our answers go there.")
        self.initial["contact_email"] = self.person.email
        known = {
            "organization": self.person.organization_id or "",
            "organization_other": self.person.organization_other,
            "contact_name": self.person.name,
            "contact_post": self.person.post,
        }
        for name, value in known.items():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not facts.get("organization") and not facts.get("organization_other") and not self.errors:
            self.add_error("organization", _("Choose your organization, or write its name below."))
        return facts

    def content(self) -> Content:
        facts = super().content()
        chosen = facts["organization"]
        return facts | {
            "organization": chosen.pk if chosen else None,
            "organization_other": "" if chosen else facts["organization_other"],
            "contact_email": facts["contact_email"].lower(),
        }
