from django import forms
from django.utils.translation import gettext_lazy as _


class DeletionForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete my account. I understand that nobody can bring it back."),
        error_messages={"required": _("Tick this box to delete the account, or leave the page to keep it.")},
    )
