"""Fetches and decides in one step: the certificate or the session; 404 for a stranger, 403 for who may only look."""

import re

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.limits import one_too_many
from accounts.models import User
from catalog.models import Session
from desk.alphabet import plain
from registrations.access import acts_for_host, session_of_host
from registrations.models import Registration

from .models import Certificate

LOOK, ISSUE = "credentials.view_certificate", "credentials.issue_certificate"
# Codes that are nobody's. Signed in, one person's and many from a training room; else those of a network, and of all
# together: as many as no network alone can type, or it would close the page to everybody.
WRONG_CODES = {"wrong_code": "20/10m/key,600/h/ip", "wrong_code_unnamed": "300/h/ip,20000/h/key"}
# Names that are not the one on a certificate whose owner hides it: of one certificate, and of a network.
WRONG_NAMES = "30/h/key,300/h/ip"
# Documents that one person asks for: each is drawn anew.
DOCUMENTS = "60/10m/key"
NO_PART_OF_A_CODE = re.compile("[^0-9A-Z]")


def certificate_by_code(code: str) -> Certificate:
    """For whoever has the code, however it is typed."""
    certificate = certificate_typed(code)
    if certificate is None:
        raise Http404
    return certificate


def certificate_typed(code: str) -> Certificate | None:
    """With dashes, blanks and small letters, as people copy it from a paper."""
    return Certificate.objects.for_showing().filter(code=code_typed(code)).first()


def code_typed(text: str) -> str:
    return NO_PART_OF_A_CODE.sub("", plain(text).upper())


def own_certificate(code: str, person: User) -> Certificate:
    """For the person it is about and nobody else."""
    certificate = certificate_by_code(code)
    if not is_owner(certificate, person):
        raise Http404
    return certificate


def certificate_with_document(code: str, person: User) -> Certificate:
    """For the person it is about, and for staff of the host who may see certificates: while the host may know who it is."""
    certificate = certificate_by_code(code)
    if is_owner(certificate, person):
        return certificate
    if not may_look(person, certificate) or not host_may_know(certificate):
        raise Http404
    return certificate


def is_owner(certificate: Certificate, person: User | AnonymousUser) -> bool:
    return certificate.owner == person


def may_look(person: User | AnonymousUser, certificate: Certificate) -> bool:
    return acts_for_host(person, certificate.registration.session, LOOK)


def host_may_know(certificate: Certificate) -> bool:
    """Whether the person agreed, and still does, that the host knows who they are."""
    return bool(certificate.registration.discloses)


def session_for(request: HttpRequest, pk: int) -> Session:
    """A session whose certificates this visitor may see: staff of its host."""
    return session_of_host(request, pk, LOOK)


def session_to_issue(request: HttpRequest, pk: int) -> Session:
    session = session_for(request, pk)
    if not may_issue(request.user, session):
        raise PermissionDenied
    return session


def may_issue(person: User | AnonymousUser, session: Session) -> bool:
    return acts_for_host(person, session, ISSUE)


def registration_of(session: Session, pk: int) -> Registration:
    """Of somebody who was not erased."""
    people = session.registrations.filter(person__erased_at=None, person__merged_into=None).select_related(
        "person__organization"
    )
    registration: Registration = get_object_or_404(people, pk=pk)
    return registration


def asks_for_too_many_documents(request: HttpRequest) -> bool:
    return one_too_many(request, "credentials.document", DOCUMENTS, key=str(request.user.pk))


# Guessing: right codes and right names are not counted.


def guesses_too_much(request: HttpRequest) -> bool:
    """Whether so many codes were wrong that none is looked at now."""
    return asks(request, counts=False)


def count_wrong_code(request: HttpRequest) -> None:
    asks(request, counts=True)


def asks(request: HttpRequest, *, counts: bool) -> bool:
    kind = "wrong_code" if request.user.is_authenticated else "wrong_code_unnamed"
    key = str(request.user.pk) if request.user.is_authenticated else "all"
    return one_too_many(request, f"credentials.{kind}", WRONG_CODES[kind], key=key, counts=counts)


def guesses_names_too_much(request: HttpRequest, certificate: Certificate) -> bool:
    return names(request, certificate, counts=False)


def count_wrong_name(request: HttpRequest, certificate: Certificate) -> None:
    names(request, certificate, counts=True)


def names(request: HttpRequest, certificate: Certificate, *, counts: bool) -> bool:
    key = str(certificate.pk)
    return one_too_many(request, "credentials.wrong_name", WRONG_NAMES, key=key, counts=counts)
