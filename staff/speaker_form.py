"""Who speaks at an activity, in its form: one of the known speakers, or somebody new.

One types a name. The browser offers those that are known, each with its number; a name without one is a new speaker's.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Activity
from desk.alphabet import Alphabetical, plain
from desk.fields import field_of
from speakers import actions
from speakers.models import Appearance, Speaker
from texts.names import NameFormField, name_as_typed, validate_name

MOST_OFFERED = 500
MARKED = re.compile(r"^(?P<name>.*?)\s*\[(?P<mark>\d{1,12}|new)\]$")


class SpeakerInput(forms.TextInput):
    template_name = "admin/speakers/name_input.html"
    offers: tuple[str, ...] = ()

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"widget": context["widget"] | {"offers": self.offers}}


class AppearanceForm(forms.ModelForm[Appearance]):
    """`by` is whose form it is, `activity` where the person speaks."""

    by: User
    activity: Activity
    name = NameFormField(
        label=_("Name"),
        max_length=230,
        widget=SpeakerInput(attrs={"class": "vTextField", "list": "known-speakers", "autocomplete": "off"}),
        help_text=_("Choose one of those who are offered as you type, or write the name of somebody new."),
    )
    consent_how = forms.CharField(
        label=_("How the person agreed to be named"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("As in “by letter, 3 March”. While it is empty, public pages say nothing of the person."),
    )
    chosen: Speaker | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        speaker = self.instance.speaker
        self.initial.update(name=offer_of(speaker), consent_how=speaker.consent_how)
        if "consent_how" in self.fields:
            self.fields["consent_how"].disabled = speaker.has_agreed

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        marked = MARKED.match(typed)
        name, mark = (marked["name"], marked["mark"]) if marked else (typed, "")
        known = Speaker.objects.to_choose_from(self.by)
        if mark.isdigit():
            self.chosen = known.filter(pk=int(mark)).first()
            if self.chosen is None:
                raise ValidationError(_("No speaker has this number. Choose one of those who are offered."))
            return self.chosen.name
        name = name_as_typed(name)
        validate_name(name)
        if mark != "new":
            self.refuse_known(name, known.filter(host=self.activity.host))
        return name

    def refuse_known(self, name: str, known: Any) -> None:
        """Staff say whether it is the same person: a program cannot know."""
        for speaker in known:
            if plain(speaker.name) == plain(name):
                raise ValidationError(
                    _(
                        "This name is known. Write “%(same)s” for the same person, or “%(other)s” for another."
                    ),
                    params={"same": offer_of(speaker), "other": f"{name} [new]"},
                )

    def save(self, commit: bool = True) -> Appearance:
        host, by = self.activity.host, self.by
        name = self.cleaned_data["name"]
        self.instance.speaker = self.chosen or Speaker.objects.create(host=host, name=name)
        how = self.cleaned_data.get("consent_how")
        if how and not self.instance.speaker.has_agreed:
            today = timezone.localdate()
            actions.note_consent(speaker=self.instance.speaker, on=today, how=how, by=by)
        return super().save(commit)

    def offer(self, by: User) -> None:
        """With the first row: the browser offers them in all."""
        known = Speaker.objects.to_choose_from(by).order_by(Alphabetical("name"), "pk")[:MOST_OFFERED]
        widget = field_of(self, "name", NameFormField).widget
        assert isinstance(widget, SpeakerInput)
        widget.offers = tuple(map(offer_of, known))


def offer_of(speaker: Speaker) -> str:
    """“Ada Mensah, City of Accra [12]”: numbers tell people of the same name apart."""
    named = f"{speaker.name}, {speaker.organization}" if speaker.organization else speaker.name
    return f"{named[:200]} [{speaker.pk}]"
