"""A list that is to be imported, and what its columns mean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.admin_fields import ZoneChoice
from accounts.country_field import countries
from accounts.models import Organization, User
from catalog.models import Session
from desk.clock import shown
from desk.fields import field_of
from registrations.models import Registration
from sheets.errors import CannotRead

from .models import Import
from .reading import Sheet, Vocabulary, read_file, read_text
from .reading.columns import REGISTRATIONS
from .reading.sheet import BYTES_AT_MOST, TOO_LARGE

# Of characters; with what else stands in the form it is less than a form may hold (DATA_UPLOAD_MAX_MEMORY_SIZE).
PASTED_AT_MOST = 2_000_000
FOR_ALL = ("organization", "organization_other", "post", "profile", "country", "timezone", "language")


class ForAllForm(forms.Form):
    """What the list does not say of the people, said once for all of them."""

    organization = forms.ModelChoiceField(
        label=_("Organization"), required=False, queryset=Organization.objects.all(), empty_label="—"
    )
    organization_other = forms.CharField(label=_("Another organization"), required=False, max_length=200)
    post = forms.CharField(label=_("Post"), required=False, max_length=200)
    profile = forms.ChoiceField(
        label=_("Profile"), required=False, choices=[("", "—"), *User.Profile.choices]
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("Empty is that of the organization.")
    )
    timezone = ZoneChoice(
        label=_("Time zone"), required=False, help_text=_("Empty is that of the organization or the country.")
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=User._meta.get_field("language").choices or []
    )

    why = forms.CharField(
        label=_("Why outside of the hours of registration"),
        required=False,
        max_length=300,
        help_text=_("Only before registration opens, after it closed, or when the session is over."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "country", forms.ChoiceField).choices = [("", "—"), *countries]

    def for_all(self) -> dict[str, str]:
        """As an import keeps it: what is empty left out."""
        said = {name: self.cleaned_data[name] for name in FOR_ALL}
        if said["organization"]:
            said["organization"] = str(said["organization"].pk)
        return {name: value for name, value in said.items() if value}


class SessionChoice(forms.ModelChoiceField[Session]):
    def label_from_instance(self, session: Session) -> str:
        label = f" · {session.label}" if session.label else ""
        return f"{session.activity}{label}, {shown(session.starts_at, session.zone)}"


class FileForm(forms.Form):
    """A file or a pasted list, of a kind that its subclass names."""

    vocabulary: Vocabulary
    sheet: Sheet
    content: bytes

    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=255,
        help_text=_("XLSX or CSV, at most 5 MB and 5,000 rows. Also one that was exported here."),
        error_messages={"empty": _("This file is empty. Choose it again.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    text = forms.CharField(
        label=_("Or paste a list"),
        required=False,
        max_length=PASTED_AT_MOST,
        strip=False,
        help_text=_("Rows copied out of a spreadsheet, with their headings."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "spellcheck": "false"}),
    )
    asked_first: tuple[str, ...] = ("file", "text")
    asked_beside: tuple[str, ...] = ()

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked_first]

    @property
    def beside(self) -> list[forms.BoundField]:
        """What few need: folded away, unless there is an error in it."""
        return [self[name] for name in self.asked_beside]

    @property
    def errors_beside(self) -> bool:
        return any(field.errors for field in self.beside)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text", "").strip("\n")
        if self.errors.get("file") or self.errors.get("text"):
            return data
        if bool(file) == bool(text.strip()):
            self.add_error("file", _("Choose a file, or paste a list: one of the two."))
        elif file and file.size > BYTES_AT_MOST:
            self.add_error("file", TOO_LARGE)
        else:
            self.content = file.read() if file else text.encode()
            try:
                self.sheet = (
                    read_file(self.content, self.vocabulary) if file else read_text(text, self.vocabulary)
                )
            except CannotRead as refusal:
                self.add_error("file" if file else "text", refusal.sentence)
        return data

    def read(self) -> dict[str, Any]:
        """As an import is made of it."""
        file = self.cleaned_data["file"]
        return {"sheet": self.sheet, "content": self.content, "file_name": file.name if file else ""}


class SourceForm(FileForm):
    """A list of people: whose it is, and on what ground they are entered."""

    source = forms.CharField(
        label=_("Whose list is it?"),
        max_length=200,
        help_text=_(
            "Such as “nominations of the City of Dakar, 12 March”. Each person reads it in the letter."
        ),
    )
    ground = forms.ChoiceField(
        label=_("On what ground are they entered?"),
        choices=Registration.Ground.choices,
        widget=forms.RadioSelect,
        help_text=_("It is kept with the import, and told to each person."),
    )
    asked_first: tuple[str, ...] = ("file", "text", "source", "ground")


class NewForm(ForAllForm, SourceForm):
    """A file or a pasted list, for one session."""

    vocabulary = REGISTRATIONS

    session = SessionChoice(label=_("Session"), queryset=Session.objects.none(), empty_label="—")
    asked_first = ("session", "file", "text", "source", "ground")
    asked_beside = (*FOR_ALL, "why")
    field_order = (*asked_first, "why", *FOR_ALL)

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "session", forms.ModelChoiceField).queryset = sessions
        self.fields["text"].help_text = _(
            "Rows copied out of a spreadsheet, or e-mail addresses, one person a line."
        )


class ColumnsForm(forms.Form):
    """What each column means, of an import that is not begun."""

    def __init__(
        self, data: Any = None, *, of: Import, choices: Sequence[tuple[str, StrOrPromise]], **kwargs: Any
    ) -> None:
        super().__init__(data, prefix="all", **kwargs)
        self.of = of
        for place, (heading, column) in enumerate(zip(of.headings, of.columns, strict=True)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading, required=False, choices=[("", _("not taken")), *choices], initial=column
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def for_all_fields(self) -> list[forms.BoundField]:
        return []

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data[f"column_{place}"] for place in range(len(self.of.headings))]

    def for_all(self) -> dict[str, str]:
        return {}


class ForAllColumnsForm(ForAllForm, ColumnsForm):
    """Of people: with what the list does not say of them."""

    def __init__(self, data: Any = None, *, of: Import, choices: Sequence[tuple[str, StrOrPromise]]) -> None:
        super().__init__(data, of=of, choices=choices, initial={**of.for_all, "why": of.why})

    @property
    def for_all_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FOR_ALL]
