"""Why a list is opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OpeningForm(forms.Form):
    why = forms.CharField(
        label=_("Why is it opened again?"),
        max_length=300,
        help_text=_("It stays in the history of the list, with your name."),
        error_messages={"required": _("Say why the list is opened again.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
