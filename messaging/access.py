"""Fetches and decides in one step: the session or the message; 404 for a stranger, 403 for who may only look."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from catalog.models import Session
from registrations.access import acts_for_host, session_of_host

from .models import Message

LOOK, SEND = "messaging.view_message", "messaging.send_message"


def session_for(request: HttpRequest, pk: int) -> Session:
    """A session whose messages this visitor may see: staff of its host."""
    return session_of_host(request, pk, LOOK)


def session_to_write_to(request: HttpRequest, pk: int) -> Session:
    session = session_for(request, pk)
    if not may_send(request.user, session):
        raise PermissionDenied
    return session


def message_for(request: HttpRequest, pk: int) -> Message:
    messages = Message.objects.select_related(
        "session__activity__host", "written_by", "sent_by", "withdrawn_by"
    )
    message: Message = get_object_or_404(messages.prefetch_related("session__meetings"), pk=pk)
    if not acts_for_host(request.user, message.session, LOOK):
        raise Http404
    return message


def message_to_send(request: HttpRequest, pk: int) -> Message:
    message = message_for(request, pk)
    if not may_send(request.user, message.session):
        raise PermissionDenied
    return message


def may_send(person: User | AnonymousUser, session: Session) -> bool:
    return acts_for_host(person, session, SEND)
