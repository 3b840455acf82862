"""The secrets in letters and cookies. Each opens one door: one kind cannot be used as another."""

from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from . import errors
from .models import CoProposer, Proposal

CONFIRM, CONTINUE, JOIN = "proposals.confirm", "proposals.continue", "proposals.join"
# How long the letter with the link waits to be opened, and the deadline of a call with it.
CONFIRM_WITHIN = timedelta(days=7)
CONTINUE_WITHIN = timedelta(days=60)
JOIN_WITHIN = timedelta(days=60)


def moment_of(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def confirmation(proposal: Proposal, email: str, moment: datetime) -> str:
    """Only ever written into a letter to `email`, so who holds it reads that mailbox."""
    return signing.dumps([proposal.pk, email, moment_of(moment)], salt=CONFIRM)


def read_confirmation(token: str) -> tuple[int, str, int]:
    try:
        pk, email, moment = signing.loads(token, salt=CONFIRM, max_age=CONFIRM_WITHIN)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise errors.LinkNoLongerGood from error
    return pk, email, moment


def continuation(proposal: Proposal) -> str:
    """Opens a draft on another device."""
    return signing.dumps(proposal.secret, salt=CONTINUE)


def read_continuation(token: str) -> Proposal:
    try:
        secret = signing.loads(token, salt=CONTINUE, max_age=CONTINUE_WITHIN)
    except signing.BadSignature as error:
        raise errors.LinkNoLongerGood from error
    proposal = Proposal.objects.filter(secret=secret).first()
    if proposal is None:
        raise errors.LinkNoLongerGood
    return proposal


def joining(asked: CoProposer) -> str:
    return signing.dumps([asked.pk, asked.email], salt=JOIN)


def read_joining(token: str) -> CoProposer:
    try:
        pk, email = signing.loads(token, salt=JOIN, max_age=JOIN_WITHIN)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise errors.LinkNoLongerGood from error
    asked = CoProposer.objects.filter(pk=pk, email__iexact=email).select_related("proposal__call").first()
    if asked is None:
        raise errors.LinkNoLongerGood
    return asked


def form_token(proposal: Proposal) -> str:
    """Says that a form of this draft came from our page. Unlike Django's own it outlives signing in and out."""
    return salted_hmac("proposals.form", proposal.secret, algorithm="sha256").hexdigest()


def is_form_token(proposal: Proposal, token: str) -> bool:
    return constant_time_compare(form_token(proposal), token)
