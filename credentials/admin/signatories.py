"""Who signs for a host, from one day to another."""

from base64 import b64encode
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.http import person_of
from desk.confirm_translation import confirm_translation
from desk.fields import field_of
from desk.languages import SideBySide, TranslationsFilter, badge, badges, side_by_side
from desk.types import Fieldsets
from hubs.admin.fields import DATE_WIDGETS
from hubs.models import Host
from hubs.scope import HostScoped
from page_cache import new_edition

from .. import actions
from ..models import Signatory
from .filters import HostFilter
from .signature_field import SignatureField


class SignatoryForm(forms.ModelForm[Signatory]):
    picture = SignatureField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "picture" in self.fields:
            field_of(self, "picture", SignatureField).input.there = self.instance.signature

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        host, first = facts.get("host") or getattr(self.instance, "host", None), facts.get("from_day")
        others = Signatory.objects.exclude(pk=self.instance.pk)
        if host and first and others.filter(host=host, from_day=first).exists():
            self.add_error("from_day", _("Somebody else begins on this day. Choose another."))
        return facts

    @property
    def picture_goes(self) -> bool:
        return field_of(self, "picture", SignatureField).input.goes


@admin.register(Signatory)
class SignatoryAdmin(SideBySide[Signatory], HostScoped[Signatory], TranslationAdmin[Signatory]):
    purpose = _("Who signs for each host. Where nobody does, nothing can be issued.")
    purpose_of_one = _("Whose name, post and signature stand on certificates of a host, and on which days.")
    purpose_of_new = _("For whoever signs a host’s certificates from a certain day on.")
    adds = _("Add a signatory")
    form = SignatoryForm
    formfield_overrides = DATE_WIDGETS
    steps = (confirm_translation(Signatory),)
    list_display = ["name", "post", "host", "from_day", "until_day", "state", "pictured", "translations"]
    list_filter = [HostFilter, TranslationsFilter]
    list_select_related = ["host"]
    search_fields = ["name", *side_by_side("post"), *side_by_side("host__name")]
    ordering = ["host__position", "host__name", "-from_day"]
    fieldsets = [
        (
            None,
            {
                "fields": ["host", "name", side_by_side("post"), ("from_day", "until_day")],
                "description": _(
                    "Without a signatory nothing is issued for a host. Where the days of two meet, the later one signs. "
                    "What was signed before keeps its name, post and picture, whatever you change here."
                ),
            },
        ),
        (_("Signature"), {"fields": ["picture"]}),
    ]
    readonly_fields = ["picture_shown"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Signatory]:
        return super().get_queryset(request).select_related("host").defer("signature__png")

    def counted(self, rows: QuerySet[Signatory]) -> QuerySet[Signatory]:
        return rows.prefetch_related("host__signatories")

    def get_fieldsets(self, request: HttpRequest, obj: Signatory | None = None) -> Fieldsets:
        """Who may only look sees the picture, and no field for another."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [*self.fieldsets[:-1], (_("Signature"), {"fields": ["picture_shown"]})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        hosts = self.admin_site.get_model_admin(Host).get_queryset(request)[:2]
        only = {"host": hosts[0].pk} if len(hosts) == 1 else {}
        return {"from_day": timezone.localdate()} | only | super().get_changeform_initial_data(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Signatory | None = None) -> list[str]:
        """A signatory stays with the host."""
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "host"] if obj else fixed

    def save_model(self, request: HttpRequest, obj: Signatory, form: SignatoryForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        picture = form.cleaned_data.get("picture")
        if picture or form.picture_goes:
            actions.sign_with(signatory=obj, picture=picture, by=person_of(request))
        new_edition()

    def delete_model(self, request: HttpRequest, obj: Signatory) -> None:
        actions.remove_signatory(signatory=obj, by=person_of(request))
        new_edition()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Signatory]) -> None:
        for signatory in queryset:
            self.delete_model(request, signatory)

    @admin.display(description=_("state"))
    def state(self, signatory: Signatory) -> str:
        today = timezone.now().astimezone(signatory.host.zone).date()
        if signatory.from_day > today:
            return _now("signs later")
        if signatory.until_day and signatory.until_day < today:
            return _now("signed before")
        if any(
            signatory.from_day < other.from_day <= today and lasts(other, today)
            for other in of_host(signatory)
        ):
            return _now("another signs now")
        return badge(_now("signs now"), good=True)

    @admin.display(description=_("picture"))
    def pictured(self, signatory: Signatory) -> str:
        return _now("yes") if signatory.signature_id else ""

    @admin.display(description=_("picture of the signature"))
    def picture_shown(self, signatory: Signatory) -> str:
        if not signatory.signature:
            return _now("No picture")
        return format_html(
            '<span class="desk-signature"><img src="data:image/png;base64,{}" alt="{}"></span>',
            b64encode(signatory.signature.png).decode(),
            _now("The signature as it will be printed"),
        )

    @admin.display(description=_("translations"))
    def translations(self, signatory: Signatory) -> str:
        return badges(signatory, Signatory.TRANSLATED_TEXTS)


def of_host(signatory: Signatory) -> list[Signatory]:
    return list(signatory.host.signatories.all())


def lasts(signatory: Signatory, day: date) -> bool:
    return signatory.until_day is None or signatory.until_day >= day
