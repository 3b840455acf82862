"""Which host, and which of its files, somebody may see."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import acts_as_staff
from accounts.limits import one_too_many
from accounts.models import User

from .models import Agreement, Evidence, Host, ResearchWork

# Few for one writer, many for one network: a workshop of sixty may sit behind it.
MESSAGES = {"host_message": "100/h/ip,5/h/key,10/d/key"}


def center_for(slug: str) -> Host:
    return get_object_or_404(Host.objects.centers().select_related("organization"), slug=slug)


def hub_for(slug: str) -> Host:
    return get_object_or_404(Host.objects.hubs().select_related("organization"), slug=slug)


def evidence_for(request: HttpRequest, pk: int) -> Evidence:
    """The evidence with its file: what is shown to everyone, and all of it to the host's staff. 404 for anybody else."""
    evidence = get_object_or_404(
        Evidence.objects.exclude(file="").select_related("milestone__agreement__host"), pk=pk
    )
    milestone = evidence.milestone
    is_public = evidence.is_public and milestone.is_public and milestone.agreement.is_signed
    if not is_public and not is_shown_to(request.user, milestone.agreement.host, "hubs.view_evidence"):
        raise Http404
    return evidence


def document_for(request: HttpRequest, pk: int) -> Agreement:
    """The agreement with its document, for the host's staff. 404 for anybody else."""
    agreement = get_object_or_404(Agreement.objects.exclude(document="").select_related("host"), pk=pk)
    if not is_shown_to(request.user, agreement.host, "hubs.view_agreement"):
        raise Http404
    return agreement


def research_for(request: HttpRequest, pk: int) -> ResearchWork:
    work = get_object_or_404(ResearchWork.objects.exclude(file="").select_related("host"), pk=pk)
    if not work.is_public and not is_shown_to(request.user, work.host, "hubs.view_researchwork"):
        raise Http404
    return work


def is_shown_to(person: User | AnonymousUser, host: Host, permission: str) -> bool:
    """Whether this person sees, at the desk of the host, what is not for everybody."""
    return host.staffed_by(person) and acts_as_staff(person, permission)


def writes_too_often(request: HttpRequest, sender_email: str) -> bool:
    """Counts this message of theirs, and answers whether it is one too many."""
    return one_too_many(request, "hubs.host_message", MESSAGES["host_message"], key=sender_email.lower())
