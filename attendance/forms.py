"""What is typed about guests, helpers and corrections."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from texts.names import NameFormField

from .models import Attendance, Helper


class GuestForm(forms.Form):
    """Somebody who came without being on the list."""

    name = NameFormField(
        label=_("Name"),
        max_length=200,
        help_text=_("As the person says it, in any script."),
        error_messages={"required": _("Write the person’s name.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "We ask there, once, whether it was them. Without an answer it is deleted after 14 days."
        ),
        error_messages={"required": _("Write an e-mail address: the person confirms there.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    beyond_places = forms.BooleanField(
        label=_("Also when all places are taken"),
        required=False,
        help_text=_("Then they are registered beyond the places once they confirm."),
    )

    def __init__(self, *args: Any, may_go_beyond: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not may_go_beyond:
            del self.fields["beyond_places"]


class HelperForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Of the trainer or assistant. They sign in with it; we write to them now."),
        error_messages={"required": _("Write the e-mail address of the helper.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    post = forms.ChoiceField(
        label=_("Helps as"), choices=Helper.Post, initial=Helper.Post.ASSISTANT, widget=forms.RadioSelect
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=200,
        help_text=_("Six letters and digits. It changes every half minute."),
        error_messages={"required": _("Type the code that is on the screen.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "dir": "ltr",
                "class": "code-field",
            }
        ),
    )


class CorrectionForm(forms.Form):
    words = forms.CharField(
        label=_("What is wrong?"),
        max_length=500,
        help_text=_("The host’s staff read it, and answer by letter."),
        error_messages={"required": _("Write what is wrong: “I was there, but came late”, say.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class AnswerForm(forms.Form):
    """What the list shall say, or "" where it stays as it is."""

    state = forms.ChoiceField(
        label=_("The list"),
        required=False,
        choices=[("", _("stays as it is")), *Attendance.State.choices],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to the person"),
        required=False,
        max_length=500,
        help_text=_("They read it in our letter. Needed where the list stays as it is."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
