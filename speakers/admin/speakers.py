"""Speakers: the Secretariat keeps all of them, coordinators those of their own hosts."""

from typing import Annotated, Any, TypedDict

from django import forms
from django.contrib import admin
from django.contrib.admin.options import Action, ActionLocation
from django.db.models import Count, Field, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import Annotations
from modeltranslation.admin import TranslationAdmin

from accounts.http import person_of
from desk.alphabet import Alphabetical
from desk.confirm_translation import confirm_translation
from desk.fields import Checkboxes, field_of, language_choices
from desk.languages import SideBySide, TranslationsFilter, badge, badges, side_by_side
from desk.types import Fieldsets
from files.small_pictures import SmallPictureField
from hubs.admin.fields import DATE_WIDGETS, large_text
from hubs.models import Host
from hubs.scope import HostScoped, sees_all_hosts
from pictures.small import portrait_of

from .. import actions
from ..models import Speaker
from .steps import FORGETTING


class Counted(TypedDict):
    how_many: int


class SpeakerForm(forms.ModelForm[Speaker]):
    languages = Checkboxes(
        label=_("Languages"),
        choices=language_choices,
        help_text=_("In which the person can be asked something."),
    )
    picture = SmallPictureField(
        portrait_of,
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG or WebP, at most 10 MB, at least 160 by 160 pixels. It is cut to a circle; where and when it was "
            "taken is not kept. Only with a picture that the person gave for this."
        ),
        kind="round",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            field_of(self, "languages", Checkboxes).offer(self.instance.languages)
        if "picture" in self.fields:
            field_of(self, "picture", SmallPictureField).input.there = self.instance.portrait_url

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        on, how = facts.get("consented_on"), facts.get("consent_how")
        if on and on > timezone.localdate():
            self.add_error("consented_on", _("This day is still to come."))
        elif on and not how and "consent_how" not in self.errors:
            self.add_error("consent_how", _("Say how the person agreed, as in “by letter, 3 March”."))
        elif how and not on and "consented_on" not in self.errors:
            self.add_error("consented_on", _("Say on which day the person agreed."))
        return facts

    @property
    def picture_goes(self) -> bool:
        return field_of(self, "picture", SmallPictureField).input.goes


class AgreedFilter(admin.SimpleListFilter):
    title = _("agreed to be named")
    parameter_name = "agreed"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", _now("yes")), ("no", _now("not yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> QuerySet[Speaker]:
        if self.value() in ("yes", "no"):
            return queryset.filter(consented_on__isnull=self.value() == "no")
        return queryset


@admin.register(Speaker)
class SpeakerAdmin(SideBySide[Speaker], HostScoped[Speaker], TranslationAdmin[Speaker]):
    purpose = _("Who speaks at activities, and whether they agreed to be named in public.")
    purpose_of_one = _("What visitors read of one speaker, once they agreed to be named.")
    purpose_of_new = _(
        "For somebody who speaks for the first time. Nobody is named in public before they agree."
    )
    adds = _("Add a speaker")
    form = SpeakerForm
    formfield_overrides = DATE_WIDGETS
    steps = (FORGETTING, confirm_translation(Speaker))
    list_display = ["name", "organization", "host", "agreed", "pictured", "activity_count", "translations"]
    list_filter = [AgreedFilter, ("host", admin.RelatedOnlyFieldListFilter), TranslationsFilter]
    list_select_related = ["host"]
    search_fields = ["name", "organization", *side_by_side("words")]
    search_help_text = _("Name, organization or words")
    ordering = [Alphabetical("name"), "pk"]
    fieldsets = [
        (None, {"fields": ["host", ("name", "organization"), side_by_side("words"), "link", "languages"]}),
        (
            _("Agreed to be named"),
            {
                "fields": [("consented_on", "consent_how"), "noted_by"],
                "description": _(
                    "Until the person agreed, public pages show nothing: no name, no words, no picture. "
                    "Empty both fields if the person takes it back."
                ),
            },
        ),
        (_("Picture"), {"fields": ["picture"]}),
        (_("Activities"), {"fields": ["speaks_at"]}),
    ]
    readonly_fields = ["noted_by", "picture_shown", "speaks_at"]

    def counted(self, rows: QuerySet[Speaker]) -> QuerySet[Speaker]:
        return rows.annotate(how_many=Count("appearances__activity", distinct=True))

    def get_fieldsets(self, request: HttpRequest, obj: Speaker | None = None) -> Fieldsets:
        """Who may only look sees the picture, and no field for another. A new speaker speaks nowhere yet."""
        if obj is None:
            return self.fieldsets[:-1]
        if self.has_change_permission(request, obj):
            return self.fieldsets
        looked_at = (_("Picture"), {"fields": ["picture_shown"]})
        return [*self.fieldsets[:2], looked_at, self.fieldsets[-1]]  # type: ignore[list-item]  # a fieldset like the others

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        if db_field.name.startswith("words"):
            kwargs["widget"] = large_text(rows=4)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "host" and not sees_all_hosts(person_of(request)):
            field.required = True
        if field and db_field.name == "host":
            setattr(field.widget, "can_delete_related", False)  # noqa: B010 - of the admin's own widget
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        hosts = self.admin_site.get_model_admin(Host).get_queryset(request)[:2]
        only = {"host": hosts[0].pk} if len(hosts) == 1 else {}
        return only | super().get_changeform_initial_data(request)

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        """Speakers are forgotten, by a step: nothing else takes them out of the history too."""
        return False

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Action | None]:
        choices = super().get_actions(request, action_location=action_location)
        choices.pop("delete_selected", None)
        return choices

    def save_model(self, request: HttpRequest, obj: Speaker, form: SpeakerForm, change: bool) -> None:
        if {"consented_on", "consent_how"} & set(form.changed_data):
            obj.consent_noted_by = person_of(request) if obj.has_agreed else None
        super().save_model(request, obj, form, change)
        picture = form.cleaned_data.get("picture")
        if picture or form.picture_goes:
            actions.set_portrait(speaker=obj, picture=picture, by=person_of(request))
        actions.after_change(speaker=obj)

    @admin.display(description=_("agreed to be named"))
    def agreed(self, speaker: Speaker) -> str:
        return badge(_now("agreed"), good=True) if speaker.has_agreed else badge(_now("not agreed"))

    @admin.display(description=_("picture"))
    def pictured(self, speaker: Speaker) -> str:
        return _now("yes") if speaker.portrait_key else ""

    @admin.display(description=_("activities"), ordering="how_many")
    def activity_count(self, speaker: Annotated[Speaker, Annotations[Counted]]) -> int:
        return speaker.how_many

    @admin.display(description=_("translations"))
    def translations(self, speaker: Speaker) -> str:
        return badges(speaker, Speaker.TRANSLATED_TEXTS)

    @admin.display(description=_("noted by"))
    def noted_by(self, speaker: Speaker) -> str:
        return str(speaker.consent_noted_by or "–")

    @admin.display(description=_("picture"))
    def picture_shown(self, speaker: Speaker) -> str:
        if not speaker.portrait_key:
            return _now("No picture")
        picture = '<img class="desk-small-picture desk-small-picture-round" src="{}" alt="{}">'
        return format_html(picture, speaker.portrait_url, speaker.name)

    @admin.display(description=_("speaks at"))
    def speaks_at(self, speaker: Speaker) -> str:
        every = speaker.appearances.select_related("activity").order_by("-activity__ends_at", "pk")
        return (
            format_html_join(
                "",
                '<p><a href="{}">{}</a> {}</p>',
                (
                    (
                        reverse("admin:catalog_activity_change", args=[one.activity_id]),
                        one.activity,
                        f"({one.role})" if one.role else "",
                    )
                    for one in every
                ),
            )
            or "–"
        )
