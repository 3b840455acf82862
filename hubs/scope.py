"""Whose things a member of staff may see: one function decides for every list, page, picker, export and count."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.http import person_of
from accounts.models import User
from desk.admin import DeskAdmin, DeskPages

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


class HostScoped[M: Model](DeskPages[M]):
    """The pages of what belongs to a host."""

    host_path = "host"

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        return in_scope(super().get_queryset(request), person_of(request), host=self.host_path)


class HostScopedAdmin[M: Model](HostScoped[M], DeskAdmin[M]):
    """Those of a model without translated fields."""
