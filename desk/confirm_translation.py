"""“The translation is still right”: staff read it again after its original changed, and it needs no new words."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from texts.languages import language_name
from texts.refusals import Refused

from .audit import note
from .fields import field_of
from .languages import label_of, stale_note
from .steps import Outlook, Step
from .translations import StaleTranslation, TracksTranslations, Translation, stale_translations, timestamp


class NothingOlder(Refused):
    words = _("No translation is older than its original.")


@transaction.atomic
def confirm_translations(
    *, row: TracksTranslations, chosen: Collection[StaleTranslation], by: PermissionsMixin
) -> int:
    """The chosen words count as brought up to date with the change of their original that was looked at.

    Answers how many there are. Raises PermissionDenied; NothingOlder when somebody was faster.
    """
    if not by.has_perm(permission_to_change(type(row))):
        raise PermissionDenied
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update(no_key=True))
    confirmed = set(stale_translations(row)) & set(chosen)
    if not confirmed:
        raise NothingOlder
    for stale in confirmed:
        row.words_as_of[stale.translation.name][stale.translation.language] = timestamp(stale.changed_at)
    row.save(update_fields=["words_as_of"])
    note(row, by=by, done="still right", columns=sorted(stale.translation.column for stale in confirmed))
    return len(confirmed)


def permission_to_change(model: type[Model]) -> str:
    return f"{model._meta.app_label}.change_{model._meta.model_name}"


class ConfirmationForm(forms.Form):
    """Which of the words that are older than their originals are right as they are. Both are there to compare."""

    chosen = forms.MultipleChoiceField(
        label=_("Read them beside the original. Right as they are:"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose what is still right, or go back."),
            "invalid_choice": _("The original changed again meanwhile: look at it once more."),
        },
    )

    def __init__(self, row: TracksTranslations, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # The moment is part of the answer, which is about the original as it is shown here.
        self.offered = {
            f"{stale.translation.column} {timestamp(stale.changed_at)}": stale
            for stale in stale_translations(row)
        }
        field = field_of(self, "chosen", forms.MultipleChoiceField)
        field.choices = [(value, comparison(row, stale)) for value, stale in self.offered.items()]
        field.initial = list(self.offered)

    def clean_chosen(self) -> list[StaleTranslation]:
        return [self.offered[value] for value in self.cleaned_data["chosen"]]


def comparison(row: TracksTranslations, stale: StaleTranslation) -> str:
    language = stale.translation.language
    return format_html(
        "<strong>{}: {}</strong>, {}"
        '<span class="desk-compare"><span class="desk-words" lang="{}">{}</span>'
        '<span class="desk-words" lang="{}">{}</span></span>',
        capfirst(language_name(language)),
        label_of(row, stale.translation.name),
        stale_note(stale),
        stale.original,
        getattr(row, Translation(stale.translation.name, stale.original).column),
        language,
        getattr(row, stale.translation.column),
    )


def look(row: TracksTranslations) -> Outlook:
    if not stale_translations(row):
        return Outlook(row, refusal=NothingOlder().sentence)
    return Outlook(row)


def take(row: TracksTranslations, *, by: PermissionsMixin, chosen: list[StaleTranslation]) -> str:
    count = confirm_translations(row=row, chosen=chosen, by=by)
    return ngettext("%(count)d text is up to date.", "%(count)d texts are up to date.", count) % {
        "count": count
    }


def confirm_translation(model: type[Model]) -> Step:
    """The step for the pages of a model that keeps track of its words."""
    return Step(
        noun="still-right",
        purpose=_(
            "For an original that changed without a change of meaning: its translations count as up to date."
        ),
        label=_("The translation is still right"),
        question=ngettext_lazy(
            "Are the translations still right?",
            "Are the translations of these %(count)d still right?",
            "count",
        ),
        button=_("They are still right"),
        permission=permission_to_change(model),
        look=look,
        do=take,
        refusals=(NothingOlder,),
        form_of=ConfirmationForm,
        makes_sense=lambda row: bool(stale_translations(row)),
    )
