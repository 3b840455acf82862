"""What is typed for a message: to whom, and what it says in each language."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalog.models import Session
from desk.years import validate_year
from texts.languages import language_name

from .groups import Group
from .models import FALLBACK, LANGUAGES, Message

LONGEST_SUBJECT, LONGEST_TEXT = 150, 5_000


class MessageForm(forms.Form):
    groups = forms.MultipleChoiceField(
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say to whom.")},
    )
    on_page = forms.BooleanField(
        label=_("Keep it on the registration’s page"),
        required=False,
        help_text=_(
            "Letters get lost. Whoever comes into these groups later reads it there, too, and gets no letter."
        ),
    )
    last_day = forms.DateField(
        label=_("Of use until"),
        required=False,
        validators=[validate_year],
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "A letter that could not leave by the end of this day does not leave any more. Empty: a day after the session."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        session: Session,
        groups: list[Group],
        sizes: dict[str, int],
        message: Message | None = None,
    ):
        super().__init__(data, initial=initial_of(message, session))
        self.session = session
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (group.code, f"{capfirst(str(group.name))} ({sizes[group.code]})") for group in groups
        ]
        for code in LANGUAGES:
            self.fields |= fields_of(code)

    @property
    def english(self) -> list[BoundField]:
        return self.of_language(FALLBACK)

    @property
    def others(self) -> list[tuple[str, list[BoundField], bool]]:
        """The other languages: the name, the fields, and whether something stands there."""
        return [
            (language_name(code), fields, any(field.value() or field.errors for field in fields))
            for code in LANGUAGES
            if code != FALLBACK
            for fields in [self.of_language(code)]
        ]

    def of_language(self, code: str) -> list[BoundField]:
        return [self[f"subject_{code}"], self[f"text_{code}"]]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for code in LANGUAGES:
            subject, text = typed.get(f"subject_{code}"), typed.get(f"text_{code}")
            if code != FALLBACK and bool(subject) != bool(text):
                missing = "text" if subject else "subject"
                self.add_error(f"{missing}_{code}", _("Write both in this language, or neither."))
        return typed

    @property
    def facts(self) -> dict[str, Any]:
        """For the actions."""
        typed = self.cleaned_data
        words = {
            code: {"subject": typed[f"subject_{code}"], "text": typed[f"text_{code}"]}
            for code in LANGUAGES
            if typed[f"subject_{code}"]
        }
        return {
            "groups": typed["groups"],
            "words": words,
            "on_page": typed["on_page"],
            "useless_after": self.useless_after(),
        }

    def useless_after(self) -> datetime | None:
        """The end of the day, on the session's clock."""
        day = self.cleaned_data["last_day"]
        return datetime.combine(day + timedelta(days=1), time(), self.session.zone) if day else None


def fields_of(code: str) -> dict[str, forms.Field]:
    needed = code == FALLBACK
    attrs, language = {"lang": code, "dir": "auto"}, {"language": language_name(code)}
    return {
        f"subject_{code}": forms.CharField(
            label=_now("Subject in %(language)s") % language,
            max_length=LONGEST_SUBJECT,
            required=needed,
            widget=forms.TextInput(attrs=attrs),
            error_messages={"required": _("Write a subject.")},
        ),
        f"text_{code}": forms.CharField(
            label=_now("Text in %(language)s") % language,
            max_length=LONGEST_TEXT,
            required=needed,
            widget=forms.Textarea(attrs=attrs | {"rows": 8 if needed else 6}),
            error_messages={"required": _("Write what you want to say.")},
        ),
    }


def initial_of(message: Message | None, session: Session) -> dict[str, Any]:
    if message is None:
        return {"groups": ["confirmed"], "on_page": True}
    words = {f"{name}_{code}": text for code, texts in message.words.items() for name, text in texts.items()}
    until = message.useless_after
    last_day = (until - timedelta(seconds=1)).astimezone(session.zone).date() if until else None
    return words | {"groups": message.groups, "on_page": message.on_page, "last_day": last_day}
