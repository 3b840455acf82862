"""Hosts: the Secretariat keeps all of them, coordinators word their own."""

from typing import Annotated, Any, TypedDict

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import Annotations
from modeltranslation.admin import TranslationAdmin

from accounts.admin_fields import ZoneChoice
from accounts.http import person_of
from accounts.models import User
from accounts.regions import Region
from accounts.roles import Role
from desk.confirm_translation import confirm_translation
from desk.fields import Checkboxes, field_of, language_choices
from desk.languages import SideBySide, TranslationsFilter, badge, badges, side_by_side, translation_summary
from page_cache import new_edition
from texts.rows import listed

from ..models import Host
from ..scope import HostScoped, sees_all_hosts


class Counted(TypedDict):
    how_many: int


class HostForm(forms.ModelForm[Host]):
    timezone = ZoneChoice(
        label=_("Time zone"), help_text=_("Times of this host are typed and shown on its clock.")
    )
    regions = Checkboxes(label=_("Regions"), choices=Region.choices, help_text=_("None means all regions."))
    languages = Checkboxes(label=_("Working languages"), choices=language_choices)
    coordinators = forms.ModelMultipleChoiceField(
        label=_("Coordinators"),
        required=False,
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People with the role of coordinator. Give them the role on their own page first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "timezone" in self.fields:
            field_of(self, "timezone", ZoneChoice).offer(self.instance.timezone)
        for name in ("regions", "languages"):
            if name in self.fields:
                field_of(self, name, Checkboxes).offer(getattr(self.instance, name))
        if "coordinators" in self.fields:
            able = Q(groups__name=Role.COORDINATOR)
            if self.instance.pk:
                able |= Q(hosts=self.instance)
            field_of(self, "coordinators", forms.ModelMultipleChoiceField).queryset = User.objects.filter(
                able
            ).distinct()


@admin.register(Host)
class HostAdmin(SideBySide[Host], HostScoped[Host], TranslationAdmin[Host]):
    purpose = _("Who offers activities, with the words of their public page and who runs it.")
    purpose_of_one = _(
        "The public page of one host, in words and pictures, and who runs its activities here."
    )
    purpose_of_new = _("For a new hub or center: what visitors read of it, and who runs its activities.")
    adds = _("Add a host")
    host_path = ""
    form = HostForm
    steps = (confirm_translation(Host),)
    list_display = [
        "name",
        "translations",
        "kind",
        "city",
        "country",
        "timezone",
        "coordinator_names",
        "activity_count",
    ]
    list_filter = ["kind", TranslationsFilter]
    search_fields = [*side_by_side("name"), *side_by_side("city")]
    ordering = ["position", "name"]
    readonly_fields = ["state_of_translations", "who_signs"]
    fieldsets = [
        (None, {"fields": [side_by_side("name"), ("slug", "kind", "position"), "state_of_translations"]}),
        (_("In words"), {"fields": [side_by_side("about"), side_by_side("region_served")]}),
        (
            _("Place and clock"),
            {"fields": [side_by_side("city"), ("country", "timezone"), ("latitude", "longitude")]},
        ),
        (
            _("How it works"),
            {
                "fields": [
                    "languages",
                    "regions",
                    ("host_institution", "established"),
                    ("email", "organization"),
                ]
            },
        ),
        (_("Who runs it"), {"fields": ["coordinators", "who_signs"]}),
    ]
    # What the Secretariat alone decides.
    SECRETARIATS = ("slug", "kind", "position", "organization", "coordinators")

    def object_links(self, request: HttpRequest, obj: Host) -> list[tuple[str, str]]:
        links = super().object_links(request, obj)
        of_this = urlencode({"host": obj.pk})
        if request.user.has_perm("credentials.view_signatory"):
            page = reverse("admin:credentials_signatory_changelist")
            links.append((f"{page}?{of_this}", _now("Signatories")))
        if request.user.has_perm("credentials.add_signatory") and not signing_now(obj):
            page = reverse("admin:credentials_signatory_add")
            links.append((f"{page}?{of_this}", _now("Name a signatory")))
        return links + supporters_of(request, f"host-{obj.pk}")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Host]:
        return super().get_queryset(request).prefetch_related("coordinators")

    def counted(self, rows: QuerySet[Host]) -> QuerySet[Host]:
        return rows.annotate(how_many=Count("activities"))

    def get_readonly_fields(self, request: HttpRequest, obj: Host | None = None) -> list[str]:
        fixed = super().get_readonly_fields(request, obj)
        if sees_all_hosts(person_of(request)):
            return [*fixed]
        return [*fixed, *self.SECRETARIATS]

    def has_delete_permission(self, request: HttpRequest, obj: Host | None = None) -> bool:
        return super().has_delete_permission(request, obj) and sees_all_hosts(person_of(request))

    def save_model(self, request: HttpRequest, obj: Host, form: HostForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        new_edition()

    @admin.display(description=_("coordinators"))
    def coordinator_names(self, host: Host) -> str:
        return listed(str(person) for person in host.coordinators.all())

    @admin.display(description=_("signs certificates"))
    def who_signs(self, host: Host) -> str:
        signatory = signing_now(host) if host.pk else None
        if signatory is None:
            why = _now("No certificate is issued for this host until somebody signs. Name a signatory.")
            return format_html("{} {}", badge(_now("nobody signs")), why)
        return f"{signatory.name}, {signatory.post}"

    @admin.display(description=_("activities"), ordering="how_many")
    def activity_count(self, host: Annotated[Host, Annotations[Counted]]) -> int:
        return host.how_many

    @admin.display(description=_("translations"))
    def translations(self, host: Host) -> str:
        return badges(host, Host.TRANSLATED_TEXTS)

    @admin.display(description=_("translations"))
    def state_of_translations(self, host: Host) -> str:
        return translation_summary(host, Host.TRANSLATED_TEXTS)


def supporters_of(request: HttpRequest, thing: str) -> list[tuple[str, str]]:
    """Where the desk keeps who supports this: “host-3”."""
    if not request.user.has_perm("supporters.view_supporter"):
        return []
    page = reverse("admin:supporters_supporter_changelist")
    return [(f"{page}?{urlencode({'of': thing})}", _now("Supporters"))]


def signing_now(host: Host) -> Any:
    """Who signs certificates of the host today, on its clock: the one who began last."""
    today = timezone.now().astimezone(host.zone).date()
    signing = host.signatories.filter(Q(until_day=None) | Q(until_day__gte=today), from_day__lte=today)
    return signing.order_by("-from_day").first()
