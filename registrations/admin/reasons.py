"""Why something changes, in the languages of those who are written to."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now

from desk.translations import LANGUAGES
from texts.languages import language_name

LONGEST = 500


class ReasonForm(forms.Form):
    """A field for each language, named by `PREFIX` and its code. `needed` asks for the English one."""

    PREFIX = "reason_"

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= reason_fields(self.PREFIX, needed=needed)

    @property
    def names(self) -> set[str]:
        """Of its fields, in what is posted."""
        return {self.add_prefix(name) for name in self.fields}

    @property
    def reasons(self) -> dict[str, str]:
        return reasons_in(self.cleaned_data, self.PREFIX)


class NeededReason(ReasonForm):
    """Why something is cancelled: whoever is told of it hears why."""

    PREFIX = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needed=True, **kwargs)

    def clean(self) -> dict[str, Any]:
        return {"reason": self.reasons}


def reason_fields(prefix: str, *, needed: bool) -> dict[str, forms.Field]:
    return {
        f"{prefix}{code}": forms.CharField(
            label=_now("Reason in %(language)s") % {"language": language_name(code)},
            max_length=LONGEST,
            required=needed and code == "en",
            widget=forms.Textarea(attrs={"rows": 2, "lang": code, "class": "vLargeTextField"}),
            help_text=""
            if code == "en"
            else _now("Empty means that people who read this language get the English reason."),
        )
        for code in LANGUAGES
    }


def reasons_in(typed: Mapping[str, str], prefix: str) -> dict[str, str]:
    """By language, those that were given."""
    return {code: text for code in LANGUAGES if (text := typed.get(f"{prefix}{code}"))}
