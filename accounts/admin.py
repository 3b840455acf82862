"""Consents, roles, and the pages of organizations (registered by `merging`) and of people (by `staff`)."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypedDict

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import Annotations

from desk.admin import DeskAdmin
from desk.alphabet import Alphabetical
from desk.edit_conflict import Parts
from desk.export import ExportsAsSaid
from desk.fields import field_of
from desk.lists import TruthfulList
from desk.types import Fieldsets
from page_cache import new_edition

from . import actions
from . import consents as consents  # registers what people agreed to
from .admin_fields import ZoneChoice
from .http import person_of
from .models import Organization, OrganizationName, User
from .naming import tell_renamed
from .roles import OPTIONS, Role, role_of, set_options
from .whose import owner_of


class Counted(TypedDict):
    how_many: int


class OrganizationForm(forms.ModelForm[Organization]):
    timezone = ZoneChoice(label=_("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "timezone" in self.fields:
            field_of(self, "timezone", ZoneChoice).offer(self.instance.timezone)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        since, until = facts.get("member_since"), facts.get("member_until")
        if since and until and until < since:
            self.add_error("member_until", _("The membership cannot end before it begins."))
        return facts


class NamesInOrder(TruthfulList):
    """A list whose columns of names are sorted as all our names are (desk/alphabet.py)."""

    def get_ordering_field(self, field_name: Callable[..., Any] | str) -> Combinable | str | None:
        column = super().get_ordering_field(field_name)
        if isinstance(column, str) and column in ("name", "organization__name"):
            return Alphabetical(column)
        return column


class OrganizationNameInline(admin.TabularInline[OrganizationName, Organization]):
    model = OrganizationName
    fields = ["name", "language", "kind", "source"]
    extra = 0
    verbose_name_plural = _("Names in other languages, by which it is found")


class OrganizationPages(ExportsAsSaid, DeskAdmin[Organization]):
    """Organizations, found by any of their names (registered by `merging`, which adds its steps)."""

    purpose = _("Cities, members and partners that people act for, with all their names.")
    purpose_of_one = _(
        "One city, member or partner: what it is called and where it is, as people find it when they choose."
    )
    purpose_of_new = _(
        "For an organization that people cannot find. Search first: it may be here by another name."
    )
    adds = _("Add an organization")
    list_class = NamesInOrder
    form = OrganizationForm
    list_display = [
        "name",
        "kind",
        "displayed_country",
        "region",
        "certainty",
        "member_until",
        "people_count",
    ]
    list_filter = ["kind", "certainty", "region"]
    search_fields = ["name", "names__name", "slug", "country_label"]
    search_help_text = _("Name in any language, or country as displayed")
    inlines = [OrganizationNameInline]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind"]}),
        (
            _("What may need correcting"),
            {
                "fields": [("certainty", "region"), ("country", "country_label")],
                "description": _(
                    "“Assumed” means that we filled it in ourselves. "
                    "Correct what is wrong, then choose “stated by a source”."
                ),
            },
        ),
        (_("Membership"), {"fields": [("member_since", "member_until")]}),
        (_("Place"), {"fields": [("latitude", "longitude"), "timezone"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        return super().get_queryset(request).filter(merged_into=None)

    def counted(self, rows: QuerySet[Organization]) -> QuerySet[Organization]:
        here = User.objects.filter(organization=OuterRef("pk"), erased_at=None, merged_into=None)
        people = here.order_by()
        counts = people.values("organization").annotate(number=Count("pk")).values("number")
        return rows.annotate(how_many=Coalesce(Subquery(counts), 0))

    @admin.display(description=_("country"), ordering="country")
    def displayed_country(self, organization: Organization) -> str:
        return organization.country_name

    @admin.display(description=_("people"), ordering="how_many")
    def people_count(self, organization: Annotated[Organization, Annotations[Counted]]) -> int:
        return organization.how_many

    def save_model(
        self, request: HttpRequest, obj: Organization, form: forms.ModelForm[Organization], change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        new_edition()

    def history_parts(self, obj: Organization) -> Parts:
        return {OrganizationName: {"organization": obj.pk}}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            tell_renamed(form.instance)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[User]) -> list[tuple[str, str]]:
        return [(role.value, role_name(role)) for role in Role]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() in Role.values else queryset


def role_name(role: Role) -> str:
    """“Secretariat”, without what it does."""
    return str(role.label).partition(":")[0].strip()


class PersonForm(forms.ModelForm[User]):
    timezone = ZoneChoice(label=_("Time zone"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("None: takes part, and does not enter the desk")), *Role.choices],
        help_text=_("Coordinators also need a host: choose them on the host's page."),
    )

    class Meta:
        model = User
        fields = [
            "name",
            "email",
            "organization",
            "organization_other",
            "post",
            "profile",
            "country",
            "language",
            "timezone",
            "reminders",
            "quiet_hours",
            "is_active",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "timezone" in self.fields:
            field_of(self, "timezone", ZoneChoice).offer(self.instance.timezone)
        if "role" in self.fields and self.instance.pk:
            self.initial["role"] = role_of(self.instance) or ""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        known = owner_of(email)
        if known and known != self.instance:
            raise ValidationError(_("Someone with this address is here already. Search for them."))
        return email


class PersonPages(ExportsAsSaid, DeskAdmin[User]):
    """People: found, corrected, given a role. No password is shown or set here; people sign in by a code."""

    purpose = _("Everybody with an account: correct an address, give a role, sign out, erase on request.")
    purpose_of_one = _(
        "One person’s account: how they are written to, what they may do, and what they registered for."
    )
    purpose_of_new = _(
        "For somebody who can’t make an account alone. They sign in by a code sent to the address."
    )
    adds = _("Add a person")
    list_class = NamesInOrder
    form = PersonForm
    list_display = ["name", "email", "organization_shown", "post", "profile", "role_shown", "joined_at"]
    list_display_links = ["name", "email"]
    list_filter = [RoleFilter, "profile", "language", "is_active", ("erased_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["name", "email", "organization__name", "organization_other"]
    search_help_text = _("Name, e-mail address or organization")
    readonly_fields = ["joined_at", "last_login", "erased_at"]
    fieldsets = [
        (None, {"fields": ["name", "email"]}),
        (
            _("Acts for"),
            {"fields": [("organization", "organization_other"), ("post", "profile"), "country"]},
        ),
        (_("Reads"), {"fields": [("language", "timezone"), ("reminders", "quiet_hours")]}),
        (_("May do"), {"fields": ["role", "is_active"]}),
        (_("History"), {"fields": [("joined_at", "last_login", "erased_at")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Without accounts that were merged into another: nobody lists, finds or chooses them."""
        return super().get_queryset(request).filter(merged_into=None).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Fieldsets:
        fieldsets = super().get_fieldsets(request, obj)
        if self.may_give_role(request, obj):
            return fieldsets
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field != "role"]})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        # People prove an address with a code, so they change it themselves.
        return [*self.readonly_fields, *(["email"] if obj else [])]

    def may_give_role(self, request: HttpRequest, obj: User | None) -> bool:
        if not request.user.has_perm("accounts.give_role"):
            return False
        return request.user.is_superuser or obj != request.user

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and (obj.erased_at or (obj.is_superuser and not request.user.is_superuser)):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if "role" in form.cleaned_data and (form.cleaned_data["role"] or None) != role_of(obj):
            if not self.may_give_role(request, obj):
                raise PermissionDenied
            chosen = form.cleaned_data["role"]
            actions.appoint(person=obj, role=Role(chosen) if chosen else None, by=person_of(request))

    @admin.display(description=_("organization"), ordering="organization__name")
    def organization_shown(self, person: User) -> str:
        return person.organization_name

    @admin.display(description=_("role"))
    def role_shown(self, person: User) -> str:
        role = role_of(person)
        if role:
            return role_name(role)
        return str(_("superuser")) if person.is_superuser else ""


class RoleForm(forms.ModelForm[Group]):
    options = forms.MultipleChoiceField(
        label=_("May also"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Group
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = OPTIONS.get(self.instance.name, {})
        if "options" in self.fields:
            field_of(self, "options", forms.MultipleChoiceField).choices = [
                (name, permission_label(name)) for name in names
            ]
            has = {
                f"{app}.{code}"
                for app, code in self.instance.permissions.values_list("content_type__app_label", "codename")
            }
            self.initial["options"] = [name for name in names if name in has]


def permission_label(name: str) -> str:
    app, codename = name.split(".")
    return gettext(Permission.objects.get(content_type__app_label=app, codename=codename).name)


VERBS = {
    "view": pgettext_lazy("may", "see"),
    "add": pgettext_lazy("may", "add"),
    "change": pgettext_lazy("may", "change"),
    "delete": pgettext_lazy("may", "delete"),
}


def permissions_in_words(permissions: Iterable[Permission]) -> list[str]:
    """A line for each kind of thing and what may be done with it, “Activities: see, add”; then what has its own name."""
    done: dict[str, set[str]] = {}
    named = []
    for permission in permissions:
        model = permission.content_type.model_class()
        verb, _sep, noun = permission.codename.partition("_")
        if model is not None and verb in VERBS and noun == model._meta.model_name:
            done.setdefault(capfirst(str(model._meta.verbose_name_plural)), set()).add(verb)
        else:
            named.append(gettext(permission.name))
    lines = [
        f"{things}: {', '.join(str(word) for verb, word in VERBS.items() if verb in verbs)}"
        for things, verbs in done.items()
    ]
    return sorted(lines) + sorted(named)


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(DeskAdmin[Group], GroupAdmin):
    """What a role may is written in accounts/roles.py; here the Secretariat gives or takes its few options."""

    purpose = _("What each kind of staff may do, and the few rights that you may give or take.")
    purpose_of_one = _(
        "What people with this role may see and do here, and what you may add to it or take away."
    )
    form = RoleForm
    list_display = ["role"]
    search_fields = []
    filter_horizontal = []
    readonly_fields = ["role", "permission_list"]
    fieldsets = [(None, {"fields": ["role", "options", "permission_list"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).filter(name__in=Role.values)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and request.user.has_perm("accounts.give_role")

    @admin.display(description=_("role"))
    def role(self, group: Group) -> str:
        return str(Role(group.name).label)

    def name_of(self, obj: Group) -> str:
        return role_name(Role(obj.name))

    @admin.display(description=_("permissions"))
    def permission_list(self, group: Group) -> str:
        lines = permissions_in_words(group.permissions.select_related("content_type"))
        return format_html_join("", "<li>{}</li>", ((line,) for line in lines))

    def save_model(
        self, request: HttpRequest, obj: Group, form: forms.ModelForm[Group], change: bool
    ) -> None:
        set_options(role=Role(obj.name), chosen=set(form.cleaned_data["options"]), by=person_of(request))
