"""What is typed about certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from texts.names import NameFormField


class FindForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=60,
        help_text=_("Twelve letters and digits. It stands on the document, below the picture to scan."),
        error_messages={"required": _("Type the code that stands on the certificate.")},
        widget=forms.TextInput(
            attrs={"class": "code-field", "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class CompareForm(forms.Form):
    """The name on the document, of a certificate whose owner does not show it."""

    name = NameFormField(
        label=_("Name on the document"),
        max_length=200,
        error_messages={"required": _("Type the name that stands on the document.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )


class NameForm(forms.Form):
    """The name as it should be."""

    name = NameFormField(
        label=_("The name as it should stand on the certificate"),
        max_length=200,
        help_text=_("In any script, as in your passport or as you sign."),
        error_messages={"required": _("Write the name as it should be.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
