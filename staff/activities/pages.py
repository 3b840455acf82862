"""The pages of activities: their list and the one screen of each."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Field
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.http import person_of
from catalog.models import Activity
from desk.confirm_translation import confirm_translation
from desk.export import ExportsAsSaid
from desk.languages import (
    SideBySide,
    TranslationsFilter,
    side_by_side,
)
from hubs.models import Host
from hubs.scope import HostScoped, OfferingHostsFilter, sees_all_hosts

from .asking import AsksFirst
from .columns import ActivityColumns, RuleFilter, StateFilter
from .copying import Copies
from .earlier_edition import EARLIER
from .form import ActivityForm
from .rows import MaterialInline, SessionInline, SpeakerInline
from .saving import SavesTheWhole
from .steps import DELETION, PUBLICATION, WITHDRAWAL


@admin.register(Activity)
class ActivityAdmin(
    ExportsAsSaid,
    ActivityColumns,
    AsksFirst,
    SavesTheWhole,
    Copies,
    SideBySide[Activity],
    HostScoped[Activity],
    TranslationAdmin[Activity],
):
    purpose = _("What is taught: write it, publish it, hold it again next year.")
    purpose_of_one = _(
        "What visitors read, and when it is. You are asked before people are told of a change."
    )
    purpose_of_new = _("Begin with a draft: nobody but staff sees it before it is published.")
    adds = _("Add an activity")
    host_path = "host"
    form = ActivityForm
    change_list_template = "admin/catalog/with_calendar.html"
    inlines = [SessionInline, SpeakerInline, MaterialInline]
    steps = (PUBLICATION, WITHDRAWAL, DELETION, EARLIER, confirm_translation(Activity))
    list_display = ["title", "state_badge", "translations", "next_session", "people", "host_shown", "format"]
    list_filter = [
        StateFilter,
        "format",
        ("host", OfferingHostsFilter),
        "topics",
        TranslationsFilter,
        RuleFilter,
    ]
    list_select_related = ["host"]
    search_fields = [*side_by_side("title"), "slug", *side_by_side("host__name"), "speakers__speaker__name"]
    search_help_text = _("Title in any language, host or speaker")
    ordering = ["-id"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["state_of_translations", "publishing", "agreement", "editions"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    side_by_side("title"),
                    side_by_side("summary"),
                    ("format", "host", "slug"),
                    "state_of_translations",
                    "publishing",
                    "agreement",
                    "editions",
                ]
            },
        ),
        (_("Description"), {"fields": [side_by_side("description")]}),
        (
            _("Picture"),
            {"fields": ["picture_chosen", side_by_side("picture_alt"), ("picture_credit", "picture_link")]},
        ),
        (
            _("For whom"),
            {"fields": ["topics", ("languages", "interpretation"), ("audiences", "regions")]},
        ),
        (
            _("When one has taken part"),
            {
                "fields": [
                    ("certificate", "certificate_percent", "certificate_percent_of"),
                    "leaves_out_excused",
                    side_by_side("certificate_rule"),
                ],
                "description": _(
                    "Pages tell the rule before one registers; that it brings a certificate, where somebody signs for the "
                    "host. What is said in words beside it is for staff. When the first meeting has begun, it changes in "
                    "people’s favor only. For sessions at one’s own pace, which have no meetings, it says nothing yet: it "
                    "is kept for the courses to come."
                ),
            },
        ),
        (
            _("Partners"),
            {"fields": ["partners", "credited_to"]},
        ),
        (
            _("History: for what was held before the station"),
            {
                "fields": [("held_on", "held_until"), "held_note", ("offered_by", "source")],
                "classes": ["collapse"],
            },
        ),
    ]

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "topics" and isinstance(field, forms.ModelMultipleChoiceField):
            field.widget = forms.CheckboxSelectMultiple()
            field.widget.choices = field.choices
            field.help_text = ""
        sees_all = sees_all_hosts(person_of(request))
        if db_field.name == "host" and isinstance(field, forms.ModelChoiceField) and not sees_all:
            field.required = True
            field.empty_label = None
        if db_field.name.startswith(("summary", "picture_alt")) and field is not None:
            field.widget = forms.Textarea(
                attrs={"rows": 3, "class": "vLargeTextField"}
                | {key: value for key, value in field.widget.attrs.items() if key in ("lang", "maxlength")}
            )
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = {**super().get_changeform_initial_data(request)}
        own_hosts = list(Host.objects.run_by(person_of(request))[:2])
        if len(own_hosts) == 1:
            initial.setdefault("host", own_hosts[0].pk)
        return initial

    def has_delete_permission(self, request: HttpRequest, obj: Activity | None = None) -> bool:
        """By the step alone, which tells what goes and why something stays: Django only counts what hangs on the row."""
        return False

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        if not DELETION.may(request):
            raise PermissionDenied  # before we look: the answer must not tell what is there
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        return HttpResponseRedirect(DELETION.address(self, [obj.pk]))

    def object_links(self, request: HttpRequest, obj: Activity) -> list[tuple[str, str]]:
        preview = (obj.get_absolute_url(), str(_("Preview as an official sees it")))
        return [preview, *super().object_links(request, obj)]
