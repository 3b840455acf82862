"""What the lists of this room are filtered by."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import Session
from hubs.models import Host
from hubs.scope import HostScoped
from registrations.admin.filters import ChosenFilter


class HostFilter(admin.SimpleListFilter):
    """Also where there is one host to choose from: links name it."""

    title = _("host")
    parameter_name = "host"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        assert isinstance(model_admin, HostScoped)
        self.path = model_admin.host_path
        hosts = model_admin.admin_site.get_model_admin(Host).get_queryset(request)
        return [(str(host.pk), host.name) for host in hosts.order_by("position", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class SessionFilter(ChosenFilter):
    """Set by links from a session's page."""

    title = _("session")
    parameter_name = "session__id__exact"
    field = "registration__session"
    model = Session
