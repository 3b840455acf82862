"""What the lists of registrations and invitations are filtered by."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.regions import Region
from catalog.models import Session

from ..models import Registration


class RegionFilter(admin.SimpleListFilter):
    title = _("region of the organization")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Region.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        # Whom the host may not see yet is in no answer but that to everything.
        asked = queryset.filter(discloses=True, person__organization__region=self.value())
        return asked if self.value() else queryset


class ProfileFilter(admin.SimpleListFilter):
    title = _("profile")
    parameter_name = "person__profile__exact"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in User.Profile.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        return queryset.filter(discloses=True, person__profile=self.value()) if self.value() else queryset


class ChosenFilter(admin.SimpleListFilter):
    """A filter that links set (one session, one activity): shown by its name, and taken away by “All”.

    A list of all sessions to choose from would be too long.
    """

    field = ""
    model: type[Model] = Session

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        value = request.GET.get(self.parameter_name or "")
        if not value or not (value.isascii() and value.isdigit()):
            return []
        rows = model_admin.admin_site.get_model_admin(self.model).get_queryset(request)
        return [(value, str(row)) for row in rows.filter(pk=value)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        value = self.value()
        return queryset.filter(**{self.field: value}) if value else queryset


class SessionFilter(ChosenFilter):
    title = _("session")
    parameter_name = "session__id__exact"
    field = "session"
    model = Session


class ActivityFilter(ChosenFilter):
    title = _("activity")
    parameter_name = "activity"
    field = "session__activity"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        from catalog.models import Activity

        self.model = Activity
        return super().lookups(request, model_admin)
