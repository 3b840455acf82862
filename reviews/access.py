"""For staff who read and decide, fetches and decides in one step: the proposal, 404 where there is none for them, 403 for
someone who may look but not touch."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import SecondFactorFirst, second_factor_missing
from accounts.models import User
from proposals import readers
from proposals.models import Attachment, Proposal


def at_the_desk(request: HttpRequest) -> User:
    """Staff who review or see the board, with a second factor: they read what others wrote in trust."""
    person = request.user
    if not person.is_authenticated or not (readers.reviews(person) or readers.sees_board(person)):
        raise PermissionDenied
    if second_factor_missing(person):
        raise SecondFactorFirst
    return person


def at_the_board(request: HttpRequest) -> User:
    person = at_the_desk(request)
    if not readers.sees_board(person):
        raise PermissionDenied
    return person


def read(request: HttpRequest, code: str) -> Proposal:
    """The proposal as this reader may see it. What they have an interest in does not exist for them."""
    return get_object_or_404(readers.readable_by(at_the_desk(request)), code=code.upper())


def decide(request: HttpRequest, code: str) -> Proposal:
    proposal = read(request, code)
    if not readers.decides(request.user):
        raise PermissionDenied
    return proposal


def attachment_to_read(request: HttpRequest, code: str, pk: int) -> Attachment:
    """Only files that were sent."""
    proposal = read(request, code)
    attachment = get_object_or_404(proposal.attachments, pk=pk)
    if not any(attachment.pk in revision.content["attachments"] for revision in proposal.revisions.all()):
        raise Http404
    return attachment
