"""Whose things a member of staff may see: one function decides for every list, page, picker, export and count."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from desk.admin import DeskAdmin, DeskPages

from .models import Host


def sees_all_hosts(person: User) -> bool:
    """The Secretariat and readers do. Whoever does not see all, sees what is of the hosts they coordinate."""
    return person.has_perm("hubs.see_all_hosts")


def in_scope(queryset: QuerySet, person: User, *, host: str) -> QuerySet:
    """Of `queryset` what `person` may see. `host` is the way from a row to its host ("activity__host"); "" for hosts."""
    if sees_all_hosts(person):
        return queryset
    hosts = Host.objects.run_by(person).values("pk")
    return queryset.filter(**{f"{host}__in" if host else "pk__in": hosts})


class HostScoped(DeskPages):
    """Mixin for the pages of what belongs to a host."""

    host_path = "host"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return in_scope(super().get_queryset(request), request.user, host=self.host_path)


class HostScopedAdmin(HostScoped, DeskAdmin):
    pass
