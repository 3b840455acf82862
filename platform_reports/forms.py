"""A report that is to be read: a file or a pasted text, and how to understand it."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms import zone_choices
from accounts.zone_fields import ZoneField
from accounts.zones import every_zone
from catalog.models import Meeting

from . import errors
from .carrying import Carried, packed, unpacked
from .reading import CannotRead, Reading, read, read_list

LARGEST = 2_000_000
MINUTES = 60


class UnderstandingForm(forms.Form):
    """How it is to be understood. Once valid it has what was `carried` and its `reading`."""

    carried: Carried
    reading: Reading

    zone = ZoneField(
        label=_("On what clock are its times?"),
        help_text=_(
            "Reports do not say it. It is that of the account that held the call, as a rule the host’s."
        ),
        error_messages={"invalid_choice": _("Choose one of the cities in the list.")},
    )
    present_from = forms.IntegerField(
        label=_("Present from how many minutes on?"),
        help_text=_(
            "Who was there for less is noted as absent. Where the report tells no minutes, who is in it was present."
        ),
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, meeting: Meeting):
        self.meeting = meeting
        zone = meeting.session.timezone
        super().__init__(data, files, initial={"zone": zone, "present_from": 1})
        fields: dict[str, Any] = self.fields
        fields["zone"].choices = zone_choices(zone)[1:]
        whole = int(max((meeting.ends_at - meeting.starts_at).total_seconds() // MINUTES, 1))
        fields["present_from"].validators.append(
            MaxValueValidator(whole, _("The meeting lasted %(limit_value)s minutes."))
        )

    def understand(self, carried: Carried) -> None:
        """Raises CannotRead."""
        self.carried = carried
        zone = every_zone()[self.cleaned_data["zone"]]
        meeting = {"starts_at": self.meeting.starts_at, "ends_at": self.meeting.ends_at}
        if carried.is_pasted:
            self.reading = read_list(carried.content.decode(), zone=zone, **meeting)
        else:
            self.reading = read(carried.content, zone=zone, **meeting)

    @property
    def is_understood(self) -> bool:
        return hasattr(self, "reading")

    @cached_property
    def packed(self) -> str:
        """Once: packing a large file is dear. Raises TooLarge."""
        return packed(self.carried, self.meeting)


class ReadForm(UnderstandingForm):
    """A report that was not read yet."""

    file = forms.FileField(
        label=_("Report of the meeting platform"),
        required=False,
        max_length=255,
        help_text=_("The file as Zoom, Teams or Webex gave it, in any language; at most 2 MB."),
        error_messages={"empty": _("This file is empty. Choose it again.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
    )
    text = forms.CharField(
        label=_("Or paste names and addresses"),
        required=False,
        max_length=LARGEST,
        help_text=_("One person a line: a name, an e-mail address, or both."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "spellcheck": "false"}),
    )
    field_order = ("file", "text", "zone", "present_from")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        file, text = data.get("file"), data.get("text", "").strip()
        if bool(file) == bool(text):
            self.add_error("file", _("Choose a file, or paste a list: one of the two."))
        elif file and file.size > LARGEST:
            self.add_error("file", _("This file has more than 2 MB: it is no report of one call."))
        else:
            carried = Carried(file.read(), file.name) if file else Carried(text.encode(), is_pasted=True)
            try:
                self.understand(carried)
                _fits = self.packed
            except (CannotRead, errors.TooLarge) as refusal:
                self.add_error("file" if file else "text", refusal.sentence)
        return data


class AgainForm(UnderstandingForm):
    """The same report, carried along by the page that showed it."""

    packed_before = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Where the clock or the minutes will not do, it is understood as at first, so that what came along is not lost."""
        data: dict[str, Any] = {**self.initial, **(super().clean() or {})}
        self.cleaned_data = data
        try:
            self.understand(unpacked(data.get("packed_before", ""), self.meeting))
        except (CannotRead, errors.CarriedTooLong) as refusal:
            self.add_error(None, refusal.sentence)
        return data
