"""Whose things a member of staff may see: one function decides for every list, page, picker, export and count."""

from typing import Any

from django.contrib.admin import ModelAdmin, RelatedFieldListFilter
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest
from django_stubs_ext import StrPromise

from accounts.http import person_of
from accounts.models import User
from desk.admin import DeskAdmin, DeskPages
from desk.search import Scope

from .models import Host


def sees_all_hosts(person: User) -> bool:
    """The Secretariat and readers do. Whoever does not see all, sees what is of the hosts they coordinate."""
    return person.has_perm("hubs.see_all_hosts")


def in_scope[M: Model](queryset: QuerySet[M], person: User, *, host: str) -> QuerySet[M]:
    """Of `queryset` what `person` may see. `host` is the way from a row to its host ("activity__host"); "" for hosts."""
    if sees_all_hosts(person):
        return queryset
    hosts = Host.objects.run_by(person).values("pk")
    return queryset.filter(**{f"{host}__in" if host else "pk__in": hosts})


def own_hosts(request: HttpRequest) -> list[int]:
    """By their numbers, asked for once: PostgreSQL then knows how much of a long list is theirs."""
    known: list[int] | None = request.__dict__.get("own_hosts")
    if known is None:
        known = numbers_of_own_hosts(person_of(request))
        request.__dict__["own_hosts"] = known
    return known


def numbers_of_own_hosts(person: User) -> list[int]:
    return list(Host.objects.run_by(person).order_by().values_list("pk", flat=True))


class OfferingHostsFilter(RelatedFieldListFilter):
    """Chooses among the person's hosts that offer something: which of them stand in the list itself would be asked of all
    its rows."""

    def field_choices(
        self, field: RelatedField[Any, Any], request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, str | StrPromise]]:
        activities = Host._meta.get_field("activities").related_model
        offering = Exists(activities._default_manager.filter(host=OuterRef("pk")))
        hosts = in_scope(Host.objects.filter(offering), person_of(request), host="")
        return [
            (str(host.pk), str(host))
            for host in hosts.order_by(*self.field_admin_ordering(field, request, model_admin))
        ]


class HostScoped[M: Model](DeskPages[M]):
    """The pages of what belongs to a host."""

    host_path = "host"

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        if sees_all_hosts(person_of(request)):
            return rows
        return rows.filter(**{f"{self.host_path}__in" if self.host_path else "pk__in": own_hosts(request)})

    def search_scope(self, request: HttpRequest) -> Scope:
        if sees_all_hosts(person_of(request)):
            return super().search_scope(request)
        return Scope(self.host_path, tuple(own_hosts(request)))


class HostScopedAdmin[M: Model](HostScoped[M], DeskAdmin[M]):
    """Those of a model without translated fields."""
