"""Fetches and decides in one step: the session or the import, or 404 for a stranger.

What was imported for a host by the Secretariat tells whom the station knew: coordinators see their own imports alone.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import acts_as_staff
from accounts.http import person_of
from accounts.models import User
from catalog.models import Session
from hubs.scope import in_scope, sees_all_hosts
from registrations.access import acts_for_host
from registrations.admin.adding import coming_sessions

from .models import Import
from .models.people_import import ImportQuerySet

ADD = "imports.add_import"


def sessions_for(request: HttpRequest) -> QuerySet[Session]:
    """Into which this person may import. `?session=` names one that may be over. Raises PermissionDenied for lookers."""
    if not acts_as_staff(request.user, ADD):
        raise PermissionDenied
    return coming_sessions(request, and_also=request.GET.get("session"))


def visible(person: User) -> ImportQuerySet:
    imports = in_scope(Import.objects.all(), person, host="session__activity__host")
    if not sees_all_hosts(person):
        imports = imports.filter(read_by=person)
    return imports.select_related("session__activity__host", "read_by")  # type: ignore[return-value]  # of our manager


def import_for(request: HttpRequest, pk: int) -> Import:
    found: Import = get_object_or_404(
        Import.objects.select_related("session__activity__host", "read_by"), pk=pk
    )
    if not acts_for_host(request.user, found.session, ADD):
        raise Http404
    if found.read_by != request.user and not sees_all_hosts(person_of(request)):
        raise Http404
    return found
