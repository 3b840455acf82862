"""Which certificate staff grant by hand, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.certificate_rule import Certificate as Kind

from ..models.certificate import KINDS


class GrantingForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which certificate"), choices=KINDS, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why it is granted"),
        max_length=300,
        help_text=_(
            "It stands on the certificate, for everybody who reads it, in the words you write here. "
            "Write nothing there that the person would not want to show."
        ),
        error_messages={"required": _("Say why: it stands on the certificate.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data
