"""For who proposes, fetches and decides in one step: the proposal, or 404 for a stranger, 403 for someone who may look but
not touch. Staff who read it come in by reviews/access.py."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.limits import one_too_many
from accounts.models import User

from .models import Attachment, Call, Proposal

COOKIE = "proposals"
COOKIE_LIVES = 180 * 24 * 3600  # seconds
MOST_IN_COOKIE = 10

# Of one network, one draft, one mailbox: enough for a workshop of sixty behind it, too little for programs.
LIMITS = {
    "start": "300/h/ip",
    "save": "1200/m/ip,60/m/key",
    "link": "300/m/ip",
    "similar": "600/m/ip",
    "file": "600/h/ip,90/h/key",
    "send": "300/h/ip",
    "letter": "300/h/ip,4/h/key,12/d/key",
    "invite": "300/h/ip,20/d/key",
    "message": "300/h/ip,30/h/key",
}


def too_often(request: HttpRequest, what: str, *, key: str = "") -> bool:
    """Counts this one, and answers whether it is one too many."""
    return one_too_many(request, f"proposals.{what}", LIMITS[what], key=key)


class SignInFirst(Exception):
    """Nobody we know asks for what belongs to an account. `come_back_to`: a page that GET opens, where this one is none."""

    def __init__(self, come_back_to: str = ""):
        super().__init__(come_back_to)
        self.come_back_to = come_back_to


@dataclass(frozen=True)
class Mine:
    """A proposal of the visitor's, and what they may do with it."""

    proposal: Proposal
    writes: bool  # may change the text while it may be changed at all
    signed_in: bool  # as one who proposes it: may also write messages, ask others
    owns: bool  # may also withdraw


@dataclass(frozen=True)
class MineAsPerson(Mine):
    """Of one who is signed in as a proposer."""

    person: User


def mine(request: HttpRequest, code: str) -> Mine:
    """The proposal, for who proposes it: signed in, or by the cookie of the browser it was begun in.

    Raises Http404 for a stranger who is signed in, and SignInFirst for a visitor, whether there is such a proposal or not.
    """
    proposal = (
        Proposal.objects.select_related("call", "person", "organization", "host", "activity__host")
        .filter(code=code.upper())
        .first()
    )
    person = request.user
    if proposal is None:
        raise Http404 if person.is_authenticated else SignInFirst
    if person.is_authenticated and (
        proposal.person_id == person.pk
        or proposal.co_proposers.filter(person=person, confirmed_at__isnull=False).exists()
    ):
        return Mine(proposal, writes=True, signed_in=True, owns=proposal.person_id == person.pk)
    if proposal.secret in secrets_in_cookie(request):
        if proposal.person_id is None:
            return Mine(proposal, writes=True, signed_in=False, owns=False)
        if not proposal.is_draft and not person.is_authenticated:
            return Mine(proposal, writes=False, signed_in=False, owns=False)
    raise Http404 if person.is_authenticated else SignInFirst


def signed_in_as_proposer(request: HttpRequest, code: str, *, come_back_to: str = "") -> MineAsPerson:
    own, person = mine(request, code), request.user
    if not person.is_authenticated:
        raise SignInFirst(come_back_to)
    if not own.signed_in:
        raise PermissionDenied
    return MineAsPerson(own.proposal, own.writes, own.signed_in, own.owns, person=person)


def writing(request: HttpRequest, code: str, *, come_back_to: str = "") -> Mine:
    """The proposal, for who may change its text: once it is sent, that is who signs in as one of its proposers."""
    own = mine(request, code)
    if not own.writes:
        raise Http404 if request.user.is_authenticated else SignInFirst(come_back_to)
    return own


def drafts_in_cookie(request: HttpRequest) -> list[Proposal]:
    return list(
        Proposal.objects.filter(secret__in=secrets_in_cookie(request), person=None).order_by("-saved_at")
    )


def secrets_in_cookie(request: HttpRequest) -> list[str]:
    # Under its plain name it was given out until the station's cookies got their prefix.
    for name in (settings.COOKIE_PREFIX + COOKIE, COOKIE):
        if name in request.COOKIES:
            value = read_cookie(request, name)
            return value.split(",") if value else []
    return []


def read_cookie(request: HttpRequest, name: str) -> str:
    """Its signature holds its name."""
    return str(request.get_signed_cookie(name, default="", salt=COOKIE, max_age=COOKIE_LIVES))


def remember(request: HttpRequest, response: HttpResponse, proposal: Proposal) -> None:
    """This browser may go on with the draft."""
    others = [secret for secret in secrets_in_cookie(request) if secret != proposal.secret]
    response.set_signed_cookie(
        settings.COOKIE_PREFIX + COOKIE,
        ",".join([proposal.secret, *others][:MOST_IN_COOKIE]),
        salt=COOKIE,
        max_age=COOKIE_LIVES,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def attachment_of_mine(request: HttpRequest, code: str, pk: int) -> Attachment:
    own = mine(request, code)
    return get_object_or_404(own.proposal.attachments.filter(removed_at=None), pk=pk)


def call_for(slug: str) -> Call:
    return get_object_or_404(Call, slug=slug)
