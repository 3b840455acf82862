"""Agreements at the desk: all on one timeline, each with what was promised and delivered, and a report of each year."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from accounts.clock_words import day
from desk.admin import ReadOnly
from desk.audit import history_of, note
from desk.fields import Lines
from desk.history import tell
from desk.languages import SideBySide, badges, side_by_side
from outbox.models import Letter
from page_cache import new_edition

from .. import actions, letters, notices
from ..coverage import sessions_without_agreement
from ..delivered import counted_agreements, delivered, met
from ..duration import last_day, middle
from ..models import Agreement, Contact, Evidence, Extension, Host, Milestone, Party, ResearchWork, Review
from ..report import workbook_of, year_report, years_of
from ..scope import HostScoped, HostScopedAdmin, in_scope
from ..timeline import Axis, bar
from . import agreement_steps
from .agreement_steps import Day, large_text
from .files import LinkOrFile, LinksToFiles, PrivateFile, remember_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A day is a day on the host's clock: the browser's own picker knows no zone, where Django's would warn of one.
DATE_WIDGETS = {models.DateField: {"widget": Day.widget}}
HISTORY_SHOWN = 20
WITHOUT_SHOWN = 30
TONES = {
    Agreement.State.RUNNING: "good",
    Agreement.State.ENDING_SOON: "warning",
    Agreement.State.ENDED: "bad",
    Agreement.State.ENDED_EARLY: "bad",
}


def state_badge(agreement: Agreement, now: datetime) -> str:
    state = agreement.state(agreement.today(now))
    tone = TONES.get(state)
    return format_html(
        '<span class="desk-badge{}">{}</span>', f" desk-badge-{tone}" if tone else "", state.label
    )


class AgreementForm(forms.ModelForm):
    supporters = Lines(label=_("Supporters"))
    document = PrivateFile(label=_("Document"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ends_on", "review_due_on"):
            if name in self.fields:
                self.fields[name].required = False
        if "host" in self.fields:
            self.fields["host"].queryset = self.fields["host"].queryset.filter(kind__in=Host.BOUND)

    def clean(self) -> dict[str, Any]:
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

    def save(self, commit: bool = True) -> Any:
        remember_name(self.instance, "document", "document_name")
        return super().save(commit)


class PartyInline(SideBySide, TranslationStackedInline):
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


class ContactInline(admin.StackedInline):
    model = Contact
    extra = 1
    raw_id_fields = ["person"]  # there are many, and the picker that searches has no name for screen readers
    fieldsets = [(None, {"fields": [("person", "name", "email"), ("language", "post", "position")]})]


class MilestoneForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        self.check_day(facts)
        kind, measure = facts.get("kind"), facts.get("measure")
        if kind and measure and measure not in Milestone.MEASURES[Milestone.Kind(kind)]:
            words = ", ".join(str(choice.label) for choice in Milestone.MEASURES[Milestone.Kind(kind)])
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


class MilestoneInline(SideBySide, TranslationStackedInline):
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


class ExtensionInline(ReadOnly, admin.TabularInline):
    model = Extension
    extra = 0
    fields = ["previous_ends_on", "ends_on", "reason", "decided_on", "decided_by"]


class ReviewInline(ReadOnly, admin.StackedInline):
    model = Review
    extra = 0
    fields = ["held_on", "outcome", "findings", "recorded_by"]


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Agreement.State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """There are few agreements, and their state is told by their host's own day: so the rows themselves are asked."""
        if self.value() not in Agreement.State.values:
            return queryset
        now = timezone.now()
        in_state = [
            agreement.pk
            for agreement in Agreement.objects.for_reading()
            if agreement.state(agreement.today(now)) == self.value()
        ]
        return queryset.filter(pk__in=in_state)


@admin.register(Agreement)
class AgreementAdmin(LinksToFiles, SideBySide, HostScoped, TranslationAdmin):
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
    change_list_template = "admin/hubs/agreement_list.html"
    list_display = [
        "name",
        "state_alone",
        "begins",
        "lasts",
        "milestones_met",
        "participants",
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
        (_("Document and supporters"), {"fields": ["document", "document_link", "supporters"]}),
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

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        class Counted(super().get_changelist(request, **kwargs)):  # type: ignore[misc]
            def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Agreement]:
                agreements = super().get_queryset(*args, **kwargs)
                milestones = Prefetch("milestones", Milestone.objects.select_related("continuation"))
                return counted_agreements(agreements.prefetch_related(milestones), now=timezone.now())

        return Counted

    def get_readonly_fields(self, request: HttpRequest, obj: Agreement | None = None) -> list[str]:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, *self.STANDS] if obj and obj.is_signed else fixed

    def get_inlines(self, request: HttpRequest, obj: Agreement | None) -> list:
        return [*self.inlines] if obj else [PartyInline, ContactInline, MilestoneInline]

    def get_fieldsets(self, request: HttpRequest, obj: Agreement | None = None) -> Any:
        """What has not happened is not shown as empty."""
        if obj is None:
            return [
                (None, {"fields": [("host", "kind", "member"), *self.WORDS]}),
                (_("Term"), {"fields": [self.DAYS]}),
                (_("Document and supporters"), {"fields": ["document", "supporters"]}),
            ]
        fieldsets = super().get_fieldsets(request, obj)
        if obj.ended_early_on:
            return fieldsets
        return [fieldset for fieldset in fieldsets if fieldset[0] != _("Ended early")]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name.startswith("summary"):
            kwargs["widget"] = large_text(rows=4)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        """A draft can be thrown away. What was signed stays."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_signed)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict:
        choices = super().get_actions(request, action_location=action_location)
        choices.pop("delete_selected", None)
        return choices

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What is due by the new dates is told at once."""
        super().save_related(request, form, formsets, change)
        actions.after_change(agreement=form.instance)

    def delete_model(self, request: HttpRequest, obj: Agreement) -> None:
        super().delete_model(request, obj)
        new_edition()

    def view_on_site(self, obj: Agreement) -> str:
        return obj.host.get_absolute_url()

    def object_links(self, request: HttpRequest, obj: Agreement) -> list[tuple[str, str]]:
        overview = (reverse("admin:hubs_agreement_overview", args=[obj.pk]), _now("Promised and delivered"))
        return [overview, *super().object_links(request, obj)]

    def history_parts(self, obj: Agreement) -> dict:
        parts = (Party, Contact, Extension, Review, Milestone, Evidence)
        return {part: {"agreement": obj.pk} for part in parts}

    # Looking

    @admin.display(description=_("agreement"), ordering="host__position")
    def name(self, agreement: Agreement) -> str:
        years = f"{agreement.starts_on.year}–{agreement.last_day.year}"
        city_and_years = _now("%(city)s, %(years)s") % {"city": agreement.host.city, "years": years}
        notes = [agreement.theme] + ([_now("demonstration data")] if agreement.is_demonstration else [])
        return format_html("{} <small>{}</small>", city_and_years, " · ".join(notes))

    @admin.display(description=_("state"))
    def state(self, agreement: Agreement) -> str:
        badge = state_badge(agreement, timezone.now())
        if agreement.is_demonstration:
            return format_html('{} <span class="desk-badge">{}</span>', badge, _now("demonstration data"))
        return badge

    @admin.display(description=_("state"), ordering="lasts_until")
    def state_alone(self, agreement: Agreement) -> str:
        return state_badge(agreement, timezone.now())

    @admin.display(description=_("first day"), ordering="starts_on")
    def begins(self, agreement: Agreement) -> str:
        return agreement.starts_on.isoformat()

    @admin.display(description=_("last day"), ordering="lasts_until")
    def lasts(self, agreement: Agreement) -> str:
        left = agreement.days_left(agreement.today(timezone.now()))
        if not agreement.is_signed or left < 0:
            return agreement.last_day.isoformat()
        days_left = ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
        return format_html("{} <small>{}</small>", agreement.last_day.isoformat(), days_left)

    @admin.display(description=_("milestones met"))
    def milestones_met(self, agreement: Agreement) -> str:
        so_far, today = delivered(agreement), agreement.today(timezone.now())
        promised = [milestone for milestone in agreement.milestones.all() if not milestone.is_waived]
        if not promised:
            return "–"
        unmet = [milestone for milestone in promised if not met(milestone, so_far)]
        progress = _now("%(met)d of %(all)d") % {"met": len(promised) - len(unmet), "all": len(promised)}
        overdue = sum(milestone.is_overdue(today) and not milestone.is_carried_over for milestone in unmet)
        if not overdue or not agreement.is_signed:
            return progress
        late = ngettext("%(count)d overdue", "%(count)d overdue", overdue) % {"count": overdue}
        return format_html('{} <span class="desk-badge desk-badge-bad">{}</span>', progress, late)

    @admin.display(description=_("participants"))
    def participants(self, agreement: Agreement) -> int:
        return delivered(agreement).participants

    @admin.display(description=_("document as it is"))
    def document_link(self, agreement: Agreement) -> str:
        if not agreement.document:
            return "–"
        return format_html(
            '<a href="{}">{}</a>', reverse("hubs:document", args=[agreement.pk]), agreement.document_name
        )

    # Pages

    def get_urls(self) -> list:
        site = self.admin_site
        own_paths = [
            path(
                "<path:object_id>/overview/", site.admin_view(self.overview), name="hubs_agreement_overview"
            ),
            path(
                "reports/<slug:slug>/<int:year>/", site.admin_view(self.report), name="hubs_agreement_report"
            ),
            path(
                "reports/<slug:slug>/<int:year>.xlsx",
                site.admin_view(self.report_xlsx),
                name="hubs_agreement_report_xlsx",
            ),
        ]
        return own_paths + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and "cl" in (response.context_data or {}):
            now = timezone.now()
            context = response.context_data or {}
            cl = context["cl"]
            context |= {
                "timeline": timeline_of(list(cl.result_list), now),
                "without_agreement": self.without_agreement(request, now),
                "reports": self.reports(request, now),
            }
        return response

    def without_agreement(self, request: HttpRequest, now: datetime) -> list[dict[str, Any]]:
        sessions = in_scope(sessions_without_agreement(now), request.user, host="activity__host")
        return [
            {
                "day": session.starts_at.astimezone(session.activity.host.zone).date(),
                "activity": session.activity,
                "url": reverse("admin:catalog_activity_change", args=[session.activity_id]),
            }
            for session in sessions.order_by("starts_at", "pk")[:WITHOUT_SHOWN]
        ]

    def reports(self, request: HttpRequest, now: datetime) -> list[tuple[Host, int]]:
        hosts = in_scope(Host.objects.filter(kind__in=Host.BOUND), request.user, host="")
        return [(host, now.astimezone(host.zone).year) for host in hosts]

    @method_decorator(require_safe)
    def overview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One agreement: what was promised, what was delivered, what was told and will be, what happened to it."""
        agreement = self.get_object(request, unquote(object_id))
        if agreement is None:
            raise Http404
        if not self.has_view_or_change_permission(request, agreement):
            raise PermissionDenied
        now = timezone.now()
        agreement = notices.with_facts(Agreement.objects.filter(pk=agreement.pk), now).get()
        entries = tell(history_of(agreement, self.history_parts(agreement))[:HISTORY_SHOWN])
        context = {
            **self.admin_site.each_context(request),
            "title": str(agreement),
            "original": agreement,
            "agreement": agreement,
            "opts": self.opts,
            "media": self.media,
            "state": state_badge(agreement, now),
            "today": agreement.today(now),
            "delivered": delivered(agreement),
            "timeline": timeline_of([agreement], now),
            "milestones": milestone_lines(agreement, now),
            "sent": self.letters_sent(request, agreement),
            "to_come": notices.to_come(agreement, now),
            "readers": letters.readers(agreement, letters.secretariat()),
            "entries": entries,
            "links": super().object_links(request, agreement),
            "years": years_of(agreement.host, now),
            "may_add_milestones": request.user.has_perm("hubs.add_milestone"),
        }
        return TemplateResponse(request, "admin/hubs/agreement_overview.html", context)

    def letters_sent(self, request: HttpRequest, agreement: Agreement) -> QuerySet[Letter]:
        """Whoever may read letters is led to them; the others see that and to whom they went."""
        return Letter.objects.about(agreement).defer("text", "html", "calendar")[:50]

    def host_of_report(self, request: HttpRequest, slug: str) -> Host:
        if not request.user.has_perm("hubs.view_agreement"):
            raise PermissionDenied
        return get_object_or_404(
            in_scope(Host.objects.filter(kind__in=Host.BOUND), request.user, host=""), slug=slug
        )

    @method_decorator(require_safe)
    def report(self, request: HttpRequest, slug: str, year: int) -> HttpResponse:
        now = timezone.now()
        host = self.host_of_report(request, slug)
        check_year(year)
        report = year_report(host, year, now=now)
        context = {
            **self.admin_site.each_context(request),
            "title": _now("%(host)s in %(year)s") % {"host": host, "year": year},
            "report": report,
            "years": years_of(host, now),
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/hubs/report.html", context)

    def report_xlsx(self, request: HttpRequest, slug: str, year: int) -> HttpResponse:
        """A POST, since the history of the host tells who took the file. GET leads to the page with the button."""
        host = self.host_of_report(request, slug)
        check_year(year)
        if request.method != "POST":
            return redirect("admin:hubs_agreement_report", slug, year)
        report = year_report(host, year, now=timezone.now())
        note(host, done="exported", rows=len(report.sessions), format="xlsx")
        response = HttpResponse(workbook_of(report), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{report.name}.xlsx"'
        return response


def check_year(year: int) -> None:
    if not 1985 <= year <= 2200:
        raise Http404


def timeline_of(agreements: list[Agreement], now: datetime) -> dict[str, Any]:
    """The agreements as rows of bars, those of one host in one row."""
    axis = Axis.of(agreements, now.date())
    rows: dict[int, dict[str, Any]] = {}
    for agreement in sorted(agreements, key=lambda agreement: (agreement.host.position, agreement.starts_on)):
        so_far = delivered(agreement)
        are_met = {milestone.pk: met(milestone, so_far) for milestone in agreement.milestones.all()}
        row = rows.setdefault(agreement.host_id, {"host": agreement.host, "bars": []})
        row["bars"].append(bar(agreement, axis, now=now, met=are_met))
    return {"rows": list(rows.values()), "axis": axis, "today_x": axis.at(now.date())}


def milestone_lines(agreement: Agreement, now: datetime) -> list[dict[str, Any]]:
    so_far, today = delivered(agreement), agreement.today(now)
    by_milestone: dict[int, list[Evidence]] = {}
    for evidence in Evidence.objects.filter(milestone__agreement=agreement):
        by_milestone.setdefault(evidence.milestone_id, []).append(evidence)
    return [
        {
            "milestone": milestone,
            "so_far": so_far.counted(milestone.measure),
            "state": milestone_state(milestone, met(milestone, so_far), today),
            "evidence": by_milestone.get(milestone.pk, []),
            "url": reverse("admin:hubs_milestone_change", args=[milestone.pk]),
        }
        for milestone in agreement.milestones.all()
    ]


def milestone_state(milestone: Milestone, is_met: bool, today: date) -> tuple[str, str]:
    """Its word, and the tone of its badge."""
    if milestone.is_waived:
        return _now("waived"), ""
    if is_met:
        return _now("met"), "good"
    if milestone.is_carried_over:
        return _now("carried over"), ""
    return (_now("overdue"), "bad") if milestone.is_overdue(today) else (_now("open"), "warning")


class EvidenceInline(LinksToFiles, SideBySide, TranslationStackedInline):
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
class MilestoneAdmin(SideBySide, HostScoped, TranslationAdmin):
    """Coordinators keep those of their own host; the agreement itself is the Secretariat's."""

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

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for evidence in formset.save(commit=False):
            evidence.added_by = evidence.added_by or request.user
            evidence.save()
        for evidence in formset.deleted_objects:
            evidence.delete()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.after_change(agreement=form.instance.agreement)

    def delete_model(self, request: HttpRequest, obj: Milestone) -> None:
        super().delete_model(request, obj)
        new_edition()

    def object_links(self, request: HttpRequest, obj: Milestone) -> list[tuple[str, str]]:
        overview = reverse("admin:hubs_agreement_overview", args=[obj.agreement_id])
        return [(overview, _now("Its agreement")), *super().object_links(request, obj)]

    def history_parts(self, obj: Milestone) -> dict:
        return {Evidence: {"milestone": obj.pk}}

    @admin.display(description=_("languages"))
    def translations(self, milestone: Milestone) -> str:
        return badges(milestone, ("title",))


@admin.register(ResearchWork)
class ResearchWorkAdmin(LinksToFiles, HostScopedAdmin):
    form = LinkOrFile
    list_display = ["title", "authors", "year", "language", "host", "is_public"]
    list_filter = ["is_public", ("host", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["host"]
    search_fields = ["title", "authors"]
    ordering = ["-year", "title"]
    fields = [
        "host",
        "title",
        "authors",
        ("year", "language"),
        ("link", "file"),
        "to_read",
        "citation_given",
        "is_public",
    ]
    readonly_fields = ["to_read"]

    def save_model(self, request: HttpRequest, obj: ResearchWork, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        new_edition()

    def delete_model(self, request: HttpRequest, obj: ResearchWork) -> None:
        super().delete_model(request, obj)
        new_edition()

    @admin.display(description=_("to read it"))
    def to_read(self, work: ResearchWork) -> str:
        if not work.pk:
            return "–"
        return format_html('<a href="{}">{}</a>', work.address, work.file_name if work.file else work.link)
