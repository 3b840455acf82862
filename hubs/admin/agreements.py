"""The pages of agreements: their list, their form, and what belongs to each."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import Action, ActionLocation, InlineModelAdmin
from django.db.models import Field, Prefetch, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from desk.languages import SideBySide, side_by_side
from desk.types import Fieldsets
from page_cache import new_edition

from .. import actions
from ..delivered import counted_agreements
from ..models import Agreement, Milestone
from ..scope import HostScoped
from . import agreement_steps
from .agreement_columns import AgreementColumns, StateFilter
from .agreement_form import AgreementForm, ContactInline, ExtensionInline, PartyInline, ReviewInline
from .fields import DATE_WIDGETS, large_text
from .files import LinksToFiles
from .hosts import supporters_of
from .milestones import MilestoneInline
from .overview import WithOverview
from .timeline import WithTimeline


@admin.register(Agreement)
class AgreementAdmin(
    AgreementColumns,
    WithTimeline,
    WithOverview,
    LinksToFiles[Agreement],
    SideBySide[Agreement],
    HostScoped[Agreement],
    TranslationAdmin[Agreement],
):
    purpose = _("What binds each hub and center to Metropolis: signed, extended, reviewed, ended.")
    purpose_of_one = _(
        "What Metropolis and one host agreed: its term, its document, and each decision about it."
    )
    purpose_of_new = _(
        "A draft of what a host and Metropolis will agree on. It binds nobody until it is signed."
    )
    adds = _("Add an agreement")
    form = AgreementForm
    formfield_overrides = DATE_WIDGETS
    inlines = [PartyInline, ContactInline, MilestoneInline, ExtensionInline, ReviewInline]
    steps = (
        agreement_steps.SIGNATURE,
        agreement_steps.EXTENSION,
        agreement_steps.RENEWAL,
        agreement_steps.REVIEW,
        agreement_steps.EARLY_END,
    )
    list_display = [
        "name",
        "state_alone",
        "begins",
        "lasts",
        "milestones_met",
        "attended",
    ]
    list_filter = [StateFilter, "kind", ("host", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["host", "renewal"]
    search_fields = [
        *side_by_side("theme"),
        *side_by_side("host__name"),
        "member__name",
        "member__names__name",
        "parties__name",
    ]
    search_help_text = _("Theme, host, member or party")
    ordering = ["host__position", "-starts_on"]
    WORDS = (side_by_side("theme"), side_by_side("summary"))
    DAYS = ("starts_on", "ends_on", "review_due_on")
    fieldsets = [
        (
            None,
            {"fields": [("host", "kind", "member"), *WORDS, "state"]},
        ),
        (_("Term"), {"fields": [DAYS, ("signed_on", "signed_by"), "renews"]}),
        (_("Ended early"), {"fields": [("ended_early_on", "ended_early_by"), "ended_early_reason"]}),
        (_("Document"), {"fields": ["document", "document_link"]}),
    ]
    readonly_fields = [
        "state",
        "signed_on",
        "signed_by",
        "ended_early_on",
        "ended_early_by",
        "ended_early_reason",
        "renews",
        "document_link",
    ]

    class Media:
        css = {"all": ("css/desk.css", "css/terms.css", "css/agreement.css", "css/report.css")}

    # What stands once it is signed; the database sees to it too.
    STANDS = ("host", "kind", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        return super().get_queryset(request).select_related("host", "renewal", "review")

    def counted(self, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
        milestones = Prefetch("milestones", Milestone.objects.select_related("continuation"))
        return counted_agreements(rows.prefetch_related(milestones), now=timezone.now())

    def object_links(self, request: HttpRequest, obj: Agreement) -> list[tuple[str, str]]:
        return super().object_links(request, obj) + supporters_of(request, f"agreement-{obj.pk}")

    def get_readonly_fields(self, request: HttpRequest, obj: Agreement | None = None) -> list[str]:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, *self.STANDS] if obj and obj.is_signed else fixed

    def get_inlines(
        self, request: HttpRequest, obj: Agreement | None
    ) -> list[type[InlineModelAdmin[Any, Any]]]:
        return [*self.inlines] if obj else [PartyInline, ContactInline, MilestoneInline]

    def get_fieldsets(self, request: HttpRequest, obj: Agreement | None = None) -> Fieldsets:
        """What has not happened is not shown as empty."""
        if obj is None:
            return [
                (None, {"fields": [("host", "kind", "member"), *self.WORDS]}),
                (_("Term"), {"fields": [self.DAYS]}),
                (_("Document"), {"fields": ["document"]}),
            ]
        fieldsets = super().get_fieldsets(request, obj)
        if obj.ended_early_on:
            return fieldsets
        return [fieldset for fieldset in fieldsets if fieldset[0] != _("Ended early")]

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        if db_field.name.startswith("summary"):
            kwargs["widget"] = large_text(rows=4)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        """A draft can be thrown away. What was signed stays."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_signed)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Action | None]:
        choices = super().get_actions(request, action_location=action_location)
        choices.pop("delete_selected", None)
        return choices

    def save_related(self, request: HttpRequest, form: AgreementForm, formsets: object, change: bool) -> None:
        """What is due by the new dates is told at once."""
        super().save_related(request, form, formsets, change)
        actions.after_change(agreement=form.instance)

    def delete_model(self, request: HttpRequest, obj: Agreement) -> None:
        super().delete_model(request, obj)
        new_edition()

    def view_on_site(self, obj: Agreement) -> str:
        return obj.host.get_absolute_url()
