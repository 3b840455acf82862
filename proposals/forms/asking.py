"""What proposers ask and say besides: messages, others who propose with them, another device, taking it back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


class CoProposerForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We ask them by letter. They count once they say yes."),
        widget=forms.EmailInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


class ContinueForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=_("Why, if you like to say"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
