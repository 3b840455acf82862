"""Calls: the Secretariat opens and words them. Proposals have a desk of their own (reviews/), where names are hidden
from whom they must be; there is no second way to them here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.forms import BaseFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from accounts.admin_fields import ZoneChoice
from accounts.models import User
from desk.admin import DeskPages
from desk.clock import shown
from desk.edit_conflict import Parts
from desk.fields import PlaceTime, field_of, moment
from desk.languages import side_by_side
from desk.steps import Outlook, Step
from hubs.models import Host
from page_cache import new_edition

from . import actions, errors
from .models import Call, Criterion


class CallForm(forms.ModelForm[Call]):
    timezone = ZoneChoice(
        label=_("Time zone"), help_text=_("Both moments are typed and shown on this clock.")
    )
    opens_at = PlaceTime(label=_("Opens"), required=True)
    closes_at = PlaceTime(label=_("Closes"), required=True)
    hosts: forms.ModelMultipleChoiceField[Host] = forms.ModelMultipleChoiceField(
        Host.objects.all(),
        label=_("Hosts that read"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their coordinators read what is sent, besides the staff."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("opens_at", "closes_at"):
                field_of(self, name, PlaceTime).zone = self.instance.zone

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if self.errors or not facts.get("timezone"):
            return facts
        zone = Call(timezone=str(facts["timezone"])).zone
        for name in ("opens_at", "closes_at"):
            try:
                facts[name] = moment(facts[name], zone, was=getattr(self.instance, name))
            except forms.ValidationError as error:
                self.add_error(name, error)
        if not self.errors and facts["closes_at"] <= facts["opens_at"]:
            self.add_error("closes_at", _("A call closes after it opens."))
        return facts


class CriterionInline(TranslationTabularInline[Criterion, Call]):
    model = Criterion
    extra = 0


def look_at_closing(call: Call) -> Outlook:
    now = timezone.now()
    if not call.is_open(now):
        return Outlook(call, refusal=_now("This call is not open."))
    return Outlook(
        call, _now("Whoever is writing has an hour more. Drafts stay, and can be sent outside of the call.")
    )


def close(call: Call, *, by: User) -> str:
    actions.close_call(call=call, by=by)
    return _now("it is closed.")


CLOSING = Step(
    noun="closing",
    purpose=_("For a call that should end before its day: from then on nobody begins a proposal for it."),
    label=_("Close now"),
    question=_("Close this call now?"),
    button=_("Close it"),
    permission="proposals.decide_proposal",
    look=look_at_closing,
    do=close,
    refusals=(errors.Refused,),
    makes_sense=lambda call: call.is_open(timezone.now()),
    several=False,
)


@admin.register(Call)
class CallAdmin(DeskPages[Call], TranslationAdmin[Call]):
    purpose = _("When proposals are asked for, about what, and by which criteria they are read.")
    purpose_of_one = _("One call: what is asked for, until when, and by which criteria readers judge.")
    purpose_of_new = _("Asks for proposals: about what, from when until when, and how they are judged.")
    adds = _("Add a call")
    form = CallForm
    steps = (CLOSING,)
    list_display = ["title", "opens", "closes", "answers_on", "hides_names"]
    list_filter = ["hides_names", "hosts"]
    search_fields = [*side_by_side("title"), "slug"]
    prepopulated_fields = {"slug": ["title_en"]}
    inlines = [CriterionInline]
    fieldsets = [
        (None, {"fields": ["slug", side_by_side("title"), side_by_side("about")]}),
        (_("When"), {"fields": ["timezone", ("opens_at", "closes_at"), "answers_on"]}),
        (_("Who reads"), {"fields": ["hosts", "hides_names"]}),
    ]

    @admin.display(description=_("opens"), ordering="opens_at")
    def opens(self, call: Call) -> str:
        return shown(call.opens_at, call.zone)

    @admin.display(description=_("closes"), ordering="closes_at")
    def closes(self, call: Call) -> str:
        return shown(call.closes_at, call.zone)

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """What was sent to a call keeps it."""
        if obj is not None and obj.proposals.exists():
            return False
        return super().has_delete_permission(request, obj)

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm[Call],
        formsets: Iterable[BaseFormSet[forms.ModelForm[Criterion]]],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        new_edition()

    def delete_model(self, request: HttpRequest, obj: Call) -> None:
        super().delete_model(request, obj)
        new_edition()

    def history_parts(self, obj: Call) -> Parts:
        return {Criterion: {"call": obj.pk}}
