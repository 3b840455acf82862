"""A list that is to be imported, and what its columns mean."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.admin_fields import ZoneChoice
from accounts.country_field import countries
from accounts.models import Organization, User
from catalog.models import Session
from desk.clock import shown
from desk.fields import field_of
from registrations.models import Registration
from sheets.errors import CannotRead

from .models import Import
from .reading import Column, Sheet, read_file, read_text
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


class NewForm(ForAllForm):
    """A file or a pasted list, for one session."""

    sheet: Sheet
    content: bytes

    session = SessionChoice(label=_("Session"), queryset=Session.objects.none(), empty_label="—")
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
        help_text=_("Rows copied out of a spreadsheet, or e-mail addresses, one person a line."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "spellcheck": "false"}),
    )
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
    field_order = ("session", "file", "text", "source", "ground", "why", *FOR_ALL)

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "session", forms.ModelChoiceField).queryset = sessions

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in ("session", "file", "text", "source", "ground")]

    @property
    def beside(self) -> list[forms.BoundField]:
        """What few need: folded away, unless there is an error in it."""
        return [self[name] for name in (*FOR_ALL, "why")]

    @property
    def errors_beside(self) -> bool:
        return any(field.errors for field in self.beside)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text", "").strip()
        if self.errors.get("file") or self.errors.get("text"):
            return data
        if bool(file) == bool(text):
            self.add_error("file", _("Choose a file, or paste a list: one of the two."))
        elif file and file.size > BYTES_AT_MOST:
            self.add_error("file", TOO_LARGE)
        else:
            self.content = file.read() if file else text.encode()
            try:
                self.sheet = read_file(self.content) if file else read_text(text)
            except CannotRead as refusal:
                self.add_error("file" if file else "text", refusal.sentence)
        return data


class ColumnsForm(ForAllForm):
    """What each column means, of an import that is not begun."""

    def __init__(self, data: Any = None, *, of: Import) -> None:
        super().__init__(data, initial={**of.for_all, "why": of.why}, prefix="all")
        self.of = of
        choices = [("", _("not taken")), *((column.value, column.label) for column in Column)]
        for place, (heading, column) in enumerate(zip(of.headings, of.columns, strict=True)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading, required=False, choices=choices, initial=column
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def for_all_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FOR_ALL]

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data[f"column_{place}"] for place in range(len(self.of.headings))]
