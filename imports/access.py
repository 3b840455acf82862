"""Fetches and decides in one step: the session or the import, or 404 for a stranger.

What was imported for a host by the Secretariat tells whom the station knew: coordinators see their own imports alone.
"""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import acts_as_staff
from accounts.http import person_of
from accounts.models import User
from catalog.models import Session
from hubs.scope import in_scope, sees_all_hosts
from registrations.access import acts_for_host
from registrations.admin.adding import coming_sessions

from .kinds import ADD, Kind, kind_named, kind_of, kinds_of
from .models import Import
from .models.people_import import ImportQuerySet


def sessions_for(request: HttpRequest) -> QuerySet[Session]:
    """Into which this person may import. `?session=` names one that may be over. Raises PermissionDenied for lookers."""
    if not acts_as_staff(request.user, ADD):
        raise PermissionDenied
    return coming_sessions(request, and_also=request.GET.get("session"))


def kind_for(request: HttpRequest, name: str) -> Kind:
    """Such as this person may bring. Raises Http404, PermissionDenied."""
    kind = kind_named(name)
    if kind is None:
        raise Http404
    if not kind.may(person_of(request)):
        raise PermissionDenied
    return kind


def visible(person: User) -> ImportQuerySet:
    imports: ImportQuerySet = Import.objects.filter(kind__in=[kind.name for kind in kinds_of(person)])
    if not sees_all_hosts(person):
        of_hosts = in_scope(imports, person, host="session__activity__host")
        imports = imports.filter(Q(pk__in=of_hosts.values("pk")) | Q(session=None), read_by=person)
    return imports.select_related("session__activity__host", "read_by")


def as_begun_by(of: Import, person: User) -> Import:
    """A draft, as it would be done if this person began it: what it says to them is what they would do."""
    if not of.is_draft:
        return of
    seen = copy(of)
    seen.read_by = person
    return seen


def import_for(request: HttpRequest, pk: int) -> Import:
    found: Import = get_object_or_404(
        Import.objects.select_related("session__activity__host", "read_by"), pk=pk
    )
    person = person_of(request)
    mine = acts_for_host(person, found.session, ADD) if found.session else kind_of(found).may(person)
    if not mine:
        raise Http404
    if found.read_by != person and not sees_all_hosts(person):
        raise Http404
    return found
