"""Milestones: within the form of their agreement, and on pages of their own with their evidence."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.clock_words import day
from accounts.http import person_of
from desk.edit_conflict import Parts
from desk.languages import RowsSideBySide, SideBySide, badges, side_by_side
from page_cache import new_edition
from texts.rows import listed

from .. import actions
from ..models import Agreement, Evidence, Milestone
from ..scope import HostScoped
from . import agreement_steps
from .fields import DATE_WIDGETS
from .files import LinkOrFile, LinksToFiles


class MilestoneForm(forms.ModelForm[Milestone]):
    def clean(self) -> dict[str, object]:
        facts = super().clean() or self.cleaned_data
        self.check_day(facts)
        kind, measure = facts.get("kind"), facts.get("measure")
        if kind and measure and measure not in Milestone.MEASURES[Milestone.Kind(kind)]:
            words = listed(str(choice.label) for choice in Milestone.MEASURES[Milestone.Kind(kind)])
            self.add_error(
                "measure", _now("Under this kind these can be counted: %(measures)s.") % {"measures": words}
            )
        return facts

    def check_day(self, facts: dict[str, Any]) -> None:
        """A day that is given is within the term; one that stood before the term was cut short may stay."""
        agreement = facts.get("agreement") or getattr(self.instance, "agreement", None)
        due_on = facts.get("due_on")
        if not (agreement and due_on and "due_on" in self.changed_data):
            return
        first, last = agreement.starts_on, agreement.last_day
        if first and last and not first <= due_on <= last:
            self.add_error(
                "due_on",
                _now("The agreement lasts from %(first)s to %(last)s, and a milestone is due in that time.")
                % {"first": day(first), "last": day(last)},
            )


class MilestoneInline(RowsSideBySide[Milestone, Agreement]):
    model = Milestone
    form = MilestoneForm
    formfield_overrides = DATE_WIDGETS
    fk_name = "agreement"
    extra = 0
    show_change_link = True
    fieldsets = [
        (
            None,
            {"fields": [side_by_side("title"), ("kind", "due_on", "promised", "measure", "is_public")]},
        )
    ]


class EvidenceInline(LinksToFiles[Any], RowsSideBySide[Evidence, Milestone]):  # type: ignore[misc]  # as in RowsSideBySide
    model = Evidence
    form = LinkOrFile
    extra = 1
    fieldsets = [(None, {"fields": [side_by_side("title"), ("link", "file", "is_public"), "to_read"]})]
    readonly_fields = ["to_read"]

    @admin.display(description=_("to read it"))
    def to_read(self, evidence: Evidence) -> str:
        if not evidence.pk:
            return "–"
        name = evidence.file_name if evidence.file else evidence.link
        return format_html('<a href="{}">{}</a>', evidence.address, name)


@admin.register(Milestone)
class MilestoneAdmin(SideBySide[Milestone], HostScoped[Milestone], TranslationAdmin[Milestone]):
    """Coordinators keep those of their own host; the agreement itself is the Secretariat's."""

    purpose = _("What was promised in agreements, by which day, and what shows that it was kept.")
    purpose_of_one = _("One promise of an agreement, and what shows that it was kept.")
    purpose_of_new = _("For a promise that no agreement lists yet: what, and by which day.")
    adds = _("Add a milestone")
    host_path = "agreement__host"
    form = MilestoneForm
    formfield_overrides = DATE_WIDGETS
    inlines = [EvidenceInline]
    steps = (agreement_steps.WAIVER,)
    list_display = [
        "title",
        "agreement",
        "kind",
        "due_on",
        "promised",
        "measure",
        "is_public",
        "translations",
    ]
    list_filter = ["kind", "is_public", ("agreement__host", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement__host"]
    search_fields = [*side_by_side("title"), *side_by_side("agreement__host__name")]
    date_hierarchy = "due_on"
    ordering = ["due_on"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "agreement",
                    side_by_side("title"),
                    ("kind", "due_on", "promised"),
                    ("measure", "is_public"),
                ]
            },
        ),
        (_("Waived"), {"fields": [("waived_at", "waived_by"), "waived_reason"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["waived_at", "waived_by", "waived_reason"]

    def get_readonly_fields(self, request: HttpRequest, obj: Milestone | None = None) -> list[str]:
        """A milestone stays with its agreement."""
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "agreement"] if obj else fixed

    def save_formset(
        self,
        request: HttpRequest,
        form: object,
        formset: BaseInlineFormSet[Evidence, Milestone, LinkOrFile],
        change: bool,
    ) -> None:
        for evidence in formset.save(commit=False):
            evidence.added_by = evidence.added_by or person_of(request)
            evidence.save()
        for evidence in formset.deleted_objects:
            evidence.delete()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: MilestoneForm, formsets: object, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.after_change(agreement=form.instance.agreement)

    def delete_model(self, request: HttpRequest, obj: Milestone) -> None:
        super().delete_model(request, obj)
        new_edition()

    def object_links(self, request: HttpRequest, obj: Milestone) -> list[tuple[str, str]]:
        overview = reverse("admin:hubs_agreement_overview", args=[obj.agreement_id])
        return [(overview, _now("Its agreement")), *super().object_links(request, obj)]

    def history_parts(self, obj: Milestone) -> Parts:
        return {Evidence: {"milestone": obj.pk}}

    @admin.display(description=_("languages"))
    def translations(self, milestone: Milestone) -> str:
        return badges(milestone, ("title",))
