"""Supporters: those of the station are the Secretariat's, coordinators keep those of their own hosts."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.http import person_of
from accounts.models import User
from desk.admin import DeskAdmin
from desk.fields import field_of
from desk.languages import badge
from desk.types import Fieldsets
from files.small_pictures import SmallPictureField
from hubs.admin.fields import DATE_WIDGETS
from hubs.scope import sees_all_hosts
from pictures.small import logo_of

from .. import actions
from ..models import OF, OF_STATION, Supporter

GROUNDS = {"light": False, "dark": True}
LOGO_HELP = _(
    "PNG or WebP on nothing (or JPEG), at most 10 MB, at least 40 pixels high; 80 are best. "
    "An SVG is not taken: save it as PNG."
)


class SupporterForm(forms.ModelForm[Supporter]):
    by: User
    light = SmallPictureField(logo_of, label=_("Logo"), help_text=LOGO_HELP, kind="light")
    dark = SmallPictureField(
        logo_of,
        label=_("Logo for a dark ground"),
        help_text=_("If there is one. Without it, the logo stands on white there."),
        kind="dark",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ground in GROUNDS:
            logo = getattr(self.instance, ground)
            if ground in self.fields and logo:
                field_of(self, ground, SmallPictureField).input.there = logo.url

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        named = [name for name in OF if facts.get(name)]
        if len(named) > 1:
            self.add_error(
                named[1], _("A supporter supports one of these. Add it again for the other, or choose one.")
            )
        elif not named and not sees_all_hosts(self.by) and not any(name in self.errors for name in OF):
            self.add_error(
                "host", _("Supporters of the whole station are the Secretariat’s. Say what yours supports.")
            )
        return facts


class OfFilter(admin.SimpleListFilter):
    """Also one thing by its number, as links name it: “host-3”."""

    title = _("supports")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        choices = [
            ("station", _now("the station")),
            ("host", _now("a host")),
            ("agreement", _now("an agreement")),
            ("activity", _now("an activity")),
        ]
        asked = request.GET.get("of", "")
        if re.fullmatch(r"(host|agreement|activity)-\d{1,12}", asked):
            choices.append((asked, _now("this one")))
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Supporter]) -> QuerySet[Supporter]:
        value = self.value() or ""
        kind, _dash, number = value.partition("-")
        if value == "station":
            return queryset.filter(OF_STATION)
        if kind in OF:
            return queryset.filter(**({kind: int(number)} if number else {f"{kind}__isnull": False}))
        return queryset


@admin.register(Supporter)
class SupporterAdmin(DeskAdmin[Supporter]):
    purpose = _("Whose name and logo the public pages show, where, and from when until when.")
    purpose_of_one = _(
        "How one supporter is shown in public: the logo, what is supported, and on which days."
    )
    purpose_of_new = _("For somebody whose support is to be named in public, with a logo and the days.")
    adds = _("Add a supporter")
    form = SupporterForm
    formfield_overrides = DATE_WIDGETS
    raw_id_fields = ["activity"]  # there are many
    list_display = ["name", "supports", "from_day", "until_day", "state", "pictured"]
    list_filter = [OfFilter]
    list_select_related = ["host", "agreement__host", "activity__host"]
    search_fields = ["name"]
    ordering = ["position", "name", "pk"]
    fieldsets = [
        (None, {"fields": ["name", "link"]}),
        (
            _("What is supported"),
            {
                "fields": [*OF],
                "description": _(
                    "Choose one, whose page will show it. None of them: the whole station, at the foot of every page."
                ),
            },
        ),
        (
            _("When"),
            {
                "fields": [("from_day", "until_day", "position")],
                "description": _("Days are the host’s; of the whole station, UTC’s."),
            },
        ),
        (_("Logo"), {"fields": ["light", "dark"]}),
    ]
    readonly_fields = ["logos_shown"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Supporter]:
        rows = super().get_queryset(request)
        return rows.filter(pk__in=Supporter.objects.seen_by(person_of(request)).values("pk"))

    def get_fieldsets(self, request: HttpRequest, obj: Supporter | None = None) -> Fieldsets:
        """Who may only look sees the logos, and no fields for others."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [*self.fieldsets[:-1], (_("Logo"), {"fields": ["logos_shown"]})]

    def get_form(
        self, request: HttpRequest, obj: Supporter | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Supporter]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        setattr(form, "by", person_of(request))  # noqa: B010 - a form of ours, or one made of it
        return form

    def save_model(self, request: HttpRequest, obj: Supporter, form: SupporterForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for ground, is_dark in GROUNDS.items():
            picture = form.cleaned_data.get(ground)
            if picture or field_of(form, ground, SmallPictureField).input.goes:
                actions.set_logo(supporter=obj, picture=picture, is_dark=is_dark, by=person_of(request))
        actions.after_change()

    def delete_model(self, request: HttpRequest, obj: Supporter) -> None:
        super().delete_model(request, obj)
        actions.after_change()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Supporter]) -> None:
        for supporter in queryset:
            self.delete_model(request, supporter)

    @admin.display(description=_("supports"))
    def supports(self, supporter: Supporter) -> str:
        return str(supporter.of or _now("the station"))

    @admin.display(description=_("state"))
    def state(self, supporter: Supporter) -> str:
        host = supporter.its_host
        now = timezone.now()
        today = now.astimezone(host.zone).date() if host else now.date()
        if supporter.is_on(today):
            return badge(_now("running"), good=True)
        return _now("later") if supporter.from_day > today else _now("over")

    @admin.display(description=_("logo"))
    def pictured(self, supporter: Supporter) -> str:
        return _now("yes") if supporter.logo_light else ""

    @admin.display(description=_("logo"))
    def logos_shown(self, supporter: Supporter) -> str:
        logos = [(ground, logo) for ground in GROUNDS if (logo := getattr(supporter, ground))]
        picture = (
            '<img class="desk-small-picture desk-small-picture-{}" src="{}" alt="" width="{}" height="{}">'
        )
        return format_html_join(
            " ",
            "{}",
            ((format_html(picture, ground, logo.url, logo.width, logo.height),) for ground, logo in logos),
        )
