"""What is typed about questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models.question import ANSWER_AT_MOST, WORDS_AT_MOST
from .models.report import REASON_AT_MOST

# Of the words: they are read aloud rightly, and break their lines.
LANGUAGES: list[tuple[str, str | Promise]] = [*settings.LANGUAGES, ("", _("another language"))]
UNTIL_ANSWERED = _(
    "Those who have a place read it once a moderator lets it appear. Moderators always see who asked. Answered, it stays "
    "with its answer on their registration’s page, without your name. You can take it back at any time."
)
AND_IN_PUBLIC = _(
    "Those who have a place read it once a moderator lets it appear. Moderators always see who asked. Answered, it stays "
    "with its answer on their registration’s page and on the activity’s public page, without your name. You can take it "
    "back at any time."
)


class QuestionForm(forms.Form):
    """With or without the name is the button that is pressed, so it is chosen each time."""

    words = forms.CharField(
        label=_("Your question"),
        max_length=WORDS_AT_MOST,
        error_messages={"required": _("Write your question.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the question"), required=False, choices=LANGUAGES)
    unnamed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # Whether they read that answered ones stand on the public page.
    told_public = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, public: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = AND_IN_PUBLIC if public else UNTIL_ANSWERED
        self.fields["told_public"].initial = public
        self.fields["language"].initial = get_language()


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=REASON_AT_MOST,
        help_text=_("The host’s staff read it, and decide. Who asked is not told who reported it."),
        error_messages={"required": _("Write what is wrong with it, so that the host’s staff can decide.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=ANSWER_AT_MOST,
        help_text=_(
            "It stands below the question for everybody with a place, and stays on the page of their registration. "
            "Left empty, there is no written answer."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the answer"), required=False, choices=LANGUAGES)


class UniteForm(forms.Form):
    into = forms.TypedChoiceField(
        label=_("It is the same as"),
        coerce=int,
        help_text=_("That one stays, with the votes of both: who gave one to each is counted once."),
        error_messages={"required": _("Choose the question that stays.")},
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, others: Sequence[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.TypedChoiceField)
        into.choices = others
