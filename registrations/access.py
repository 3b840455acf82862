"""Fetches and decides in one step: the object, or 404 for a stranger, 403 for someone who may look but not touch."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import acts_as_staff
from accounts.limits import one_too_many
from accounts.models import User
from catalog.access import may_preview
from catalog.models import Material, Session

from .facts import is_own
from .materials import may_open
from .models import Registration

# What staff may do with the registrations of others: two questions, for there is a role that sees all and changes nothing.
LOOK, CHANGE = "registrations.view_registration", "registrations.change_registration"
# Who is not signed in and holds a link from a letter: enough for a training room behind one address, too little to guess
# codes.
LETTER_LINKS = {"letter_link": "300/m/ip"}


def session_for(request: HttpRequest, pk: int) -> Session:
    """The session as this visitor may see it: published, or of a host whose staff they are."""
    sessions = Session.objects.select_related("activity__host").prefetch_related("meetings")
    session: Session = get_object_or_404(sessions, pk=pk)
    if not session.activity.is_public and not acts_for_host(request.user, session, "catalog.view_session"):
        raise Http404
    return session


def material_for(request: HttpRequest, pk: int) -> Material:
    """The material that is a file: for everyone while the activity is public, for whom `materials.may_open` says, and
    for the staff of its host."""
    files = Material.objects.select_related("activity").exclude(file="")
    material: Material = get_object_or_404(files, pk=pk)
    person = request.user
    if material.is_for_everyone and material.activity.is_public:
        return material
    if person.is_authenticated and (may_preview(person, material.activity) or may_open(person, material)):
        return material
    raise Http404


def registration_for(request: HttpRequest, code: str) -> Registration:
    """The registration, for the person it is about and for the staff of its host. For anyone else it does not exist."""
    registration = registration_by_code(code)
    if not is_own(registration, request.user) and not acts_for_host(request.user, registration.session, LOOK):
        raise Http404
    return registration


def registration_from_letter(request: HttpRequest, code: str) -> Registration:
    """As `registration_for`, and also for who is not signed in but holds the code, which is a secret by itself.

    What such a visitor sees and may do is decided by docs/decisions/0004-letter-links.md.
    """
    if request.user.is_authenticated:
        return registration_for(request, code)
    return registration_by_code(code)


def registration_to_cancel(request: HttpRequest, code: str) -> Registration:
    """As `registration_from_letter`, for who may cancel it. Raises PermissionDenied for staff who may only look."""
    registration = registration_from_letter(request, code)
    if request.user.is_authenticated and not may_cancel(request.user, registration):
        raise PermissionDenied
    return registration


def own_registration(request: HttpRequest, code: str) -> Registration:
    """The registration, for the person it is about and nobody else."""
    registration = registration_by_code(code)
    if not is_own(registration, request.user):
        raise Http404
    return registration


def may_cancel(person: User | AnonymousUser, registration: Registration) -> bool:
    return is_own(registration, person) or acts_for_host(person, registration.session, CHANGE)


def asks_too_often(request: HttpRequest) -> bool:
    """Whether someone who is not signed in has opened too many of these links within a minute."""
    if request.user.is_authenticated:
        return False
    return one_too_many(request, "registrations.letter_link", LETTER_LINKS["letter_link"])


def owner_of_feed(secret: str) -> User:
    return get_object_or_404(User, calendar_secret=secret, is_active=True, erased_at=None)


def acts_for_host(person: User | AnonymousUser, session: Session, permission: str) -> bool:
    """Whether this person, at the desk of the session's host or of all hosts, may what `permission` names."""
    if not isinstance(person, User) or not person.is_staff:
        return False
    host = session.activity.host_id
    in_scope = person.has_perm("hubs.see_all_hosts") or (
        host is not None and person.hosts.filter(pk=host).exists()
    )
    return in_scope and acts_as_staff(person, permission)


def registration_by_code(code: str) -> Registration:
    """Of an account that was merged the code leads on: to the registration of the one that stays."""
    people_and_places = Registration.objects.select_related("session__activity__host", "person__organization")
    every = people_and_places.prefetch_related("session__meetings")
    registration = every.filter(code=code).first()
    if registration and registration.person.merged_into_id:
        person = registration.person.that_stands
        registration = every.filter(session=registration.session_id, person=person).first()
    if registration is None or registration.person.erased_at:
        raise Http404
    return registration


def session_of_host(request: HttpRequest, pk: int, permission: str) -> Session:
    """A session for staff of its host who have the permission; 404 for everybody else."""
    sessions = Session.objects.select_related("activity__host").prefetch_related("meetings")
    session: Session = get_object_or_404(sessions, pk=pk)
    if not acts_for_host(request.user, session, permission):
        raise Http404
    return session
