from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms import SignInForm


class RegistrationForm(forms.Form):
    note = forms.CharField(
        label=_("A note to the host"),
        required=False,
        max_length=500,
        help_text=_("Such as what you need to take part, or what you hope to learn. The host reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class VisitorForm(SignInForm, RegistrationForm):
    """For who is not signed in: the e-mail address comes first, and leads through the code."""

    field_order = ["email", "note"]

    def __init__(self, data: QueryDict | None):
        super().__init__(data)
        self.fields["email"].help_text = _(
            "We send you a code to type in; the confirmation and the reminders go there too."
        )
