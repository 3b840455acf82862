"""Who may see an activity."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import acts_as_staff
from accounts.models import User

from .models import Activity


def activity_for(request: HttpRequest, slug: str) -> Activity:
    """The activity, with its host. Unpublished or withdrawn it is there for the staff who run it, and 404 for all others."""
    every = Activity.objects.select_related("host", "credited_to")
    # Known with the row, so that the page of what was held once asks for no editions.
    every = every.annotate(has_later=Exists(Activity.objects.filter(earlier=OuterRef("pk"))))
    activity: Activity = get_object_or_404(every, slug=slug)
    if not activity.is_public and not may_preview(request.user, activity):
        raise Http404
    return activity


def may_preview(person: User | AnonymousUser, activity: Activity) -> bool:
    """Staff see what is not published yet: of the hosts they coordinate, or of all."""
    if not isinstance(person, User) or not person.is_staff:
        return False
    is_theirs = person.has_perm("hubs.see_all_hosts") or (
        activity.host_id is not None and person.hosts.filter(pk=activity.host_id).exists()
    )
    return is_theirs and acts_as_staff(person, "catalog.view_activity")
