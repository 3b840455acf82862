"""An agreement as it is written down, with its parties and contacts; what was decided of it is only looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from desk.admin import ReadOnly
from desk.fields import field_of
from desk.languages import RowsSideBySide, side_by_side

from ..duration import last_day, middle
from ..models import Agreement, Contact, Extension, Host, Party, Review
from .files import PrivateFile, remember_name


class AgreementForm(forms.ModelForm[Agreement]):
    document = PrivateFile(label=_("Document"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ends_on", "review_due_on"):
            if name in self.fields:
                self.fields[name].required = False
        if "host" in self.fields:
            host: forms.ModelChoiceField[Host] = field_of(self, "host", forms.ModelChoiceField)
            assert host.queryset is not None
            host.queryset = host.queryset.filter(kind__in=Host.BOUND)

    def clean(self) -> dict[str, object]:
        facts = super().clean() or self.cleaned_data
        host, kind = facts.get("host"), facts.get("kind")
        if host and kind and (kind == Agreement.Kind.LEARNING_HUB) != host.is_hub:
            self.add_error(
                "kind", _("A Learning Hub has a Learning Hub agreement, a center has terms of reference.")
            )
        first = facts.get("starts_on") or self.instance.starts_on
        if first and "ends_on" in self.fields and "ends_on" not in self.errors:
            facts["ends_on"] = facts.get("ends_on") or last_day(first)
            if facts["ends_on"] < first:
                self.add_error("ends_on", _("It cannot end before it begins."))
        last = facts.get("ends_on") or self.instance.ends_on
        if first and last and "review_due_on" in self.fields and "review_due_on" not in self.errors:
            facts["review_due_on"] = facts.get("review_due_on") or middle(first, last)
            if not first <= facts["review_due_on"] <= last:
                self.add_error("review_due_on", _("The review is held while the agreement lasts."))
        return facts

    def save(self, commit: bool = True) -> Agreement:
        remember_name(self.instance, "document", "document_name")
        return super().save(commit)


class PartyInline(RowsSideBySide[Party, Agreement]):
    model = Party
    extra = 1  # an empty one, for who works without scripts
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "organization"),
                    side_by_side("role"),
                    ("link", "position", "is_public"),
                ]
            },
        )
    ]


class ContactInline(admin.StackedInline[Contact, Agreement]):
    model = Contact
    extra = 1
    raw_id_fields = ["person"]  # there are many, and the picker that searches has no name for screen readers
    fieldsets = [(None, {"fields": [("person", "name", "email"), ("language", "post", "position")]})]


class ExtensionInline(ReadOnly, admin.TabularInline[Extension, Agreement]):
    model = Extension
    extra = 0
    fields = ["previous_ends_on", "ends_on", "reason", "decided_on", "decided_by"]


class ReviewInline(ReadOnly, admin.StackedInline[Review, Agreement]):
    model = Review
    extra = 0
    fields = ["held_on", "outcome", "findings", "recorded_by"]
