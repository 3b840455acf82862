"""A proposal is sent: once an address is proven it counts, and gets a receipt."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.actions import find_or_create_person, update_profile
from accounts.models import Organization, User
from catalog.models import Topic
from hubs.models import Host
from outbox.models import Letter

from .. import content as contents
from .. import errors, letters, tokens
from ..content import Content
from ..models import Call, HistoryLine, Proposal, Revision
from ..models.call import GRACE
from ..states import Mover, State
from .drafting import claim
from .moving import lock, move, note


@transaction.atomic
def send(*, proposal: Proposal, content: contents.Content, by: User, now: datetime | None = None) -> Proposal:
    """Send a draft. Asked again for one that is sent, it answers the same and writes no second letter.

    Raises NotComplete, CallClosed, CallNotOpen.
    """
    locked = lock(proposal)
    claim(locked, by)
    if not locked.is_draft:
        return locked
    call = hold_call(locked)
    now = now or timezone.now()
    refuse_unfinished(content)
    refuse_late(locked, call, now)
    return receive(locked, content, by=by, now=now)


@transaction.atomic
def ask_to_confirm(
    *, proposal: Proposal, content: contents.Content, now: datetime | None = None
) -> Letter | None:
    """Somebody without an account sends: what they send waits until the link in the letter proves their address.

    Raises what `send` raises: the deadline is kept by who presses the button before it.
    """
    locked = lock(proposal)
    if not locked.is_draft or locked.person_id:
        raise errors.NotAllowed(locked.state, State.SUBMITTED)
    call = hold_call(locked)
    now = now or timezone.now()
    refuse_unfinished(content)
    refuse_late(locked, call, now)
    locked.unproven, locked.unproven_at = content, now
    locked.save(update_fields=["unproven", "unproven_at"])
    return letters.confirm_address(locked, now=now)


@transaction.atomic
def confirm(*, token: str, now: datetime | None = None) -> Proposal:
    """The link in the letter proves the address, and what waited is sent. Raises LinkNoLongerGood.

    Opened again after it worked, it answers the same.
    """
    now = now or timezone.now()
    pk, email, moment = tokens.read_confirmation(token)
    proposal = Proposal.objects.filter(pk=pk).first()
    if proposal is None:
        raise errors.LinkNoLongerGood
    locked = lock(proposal)
    if not locked.is_draft and locked.contact_email.lower() == email.lower():
        return locked
    waiting = locked.unproven
    if not locked.is_draft or waiting is None or locked.unproven_at is None:
        raise errors.LinkNoLongerGood
    if waiting["contact_email"].lower() != email.lower() or moment != tokens.moment_of(locked.unproven_at):
        raise errors.LinkNoLongerGood
    person = proven(email, name=waiting["contact_name"], language=locked.language)
    locked.person, locked.unproven, locked.unproven_at = person, None, None
    locked.save(update_fields=["person", "unproven", "unproven_at"])
    return receive(locked, waiting, by=person, now=now)


def proven(email: str, *, name: str, language: str) -> User:
    """The person at an address that a link sent there has just proven."""
    person = find_or_create_person(email=email, language=language)
    EmailAddress.objects.filter(user=person, email__iexact=email).update(verified=True)
    if not person.name and name:
        update_profile(person=person, by=person, name=name)
    return person


@transaction.atomic
def send_again(
    *, proposal: Proposal, content: contents.Content, by: User, now: datetime | None = None
) -> Revision:
    """Send a changed text: a new revision. Where changes were asked it goes back to who reads.

    Raises CannotBeEdited, NotComplete, NothingChanged.
    """
    locked = lock(proposal)
    if locked.is_draft or not locked.may_be_edited:
        raise errors.CannotBeEdited
    refuse_unfinished(content)
    last = locked.revisions.last()
    if last and last.content == content:
        raise errors.NothingChanged
    now = now or timezone.now()
    revision = write_revision(locked, content, by=by, now=now)
    if locked.state == State.CHANGES_ASKED:
        move(proposal=locked, to=State.IN_REVIEW, mover=Mover.PROPOSER, by=by, now=now)
        locked.reviews.standing().update(
            finished_at=None
        )  # they read it again; their scores stay until they do
        for review in locked.reviews.standing().select_related("reviewer"):
            letters.read_again(review, revision, now=now)
    else:
        note(locked, HistoryLine.Deed.SENT_AGAIN, by=by, by_proposer=True, now=now)
    for person in letters.proposers(locked):
        letters.received_again(locked, person, revision, now=now)
    return revision


def hold_call(locked: Proposal) -> Call | None:
    """The call as it is now. Held shared: it is not closed while this is sent, and many may send at once."""
    if locked.call_id is None:
        return None
    locked.call = Call.objects.raw("SELECT * FROM proposals_call WHERE id = %s FOR SHARE", [locked.call_id])[
        0
    ]
    return locked.call


def refuse_unfinished(content: Content) -> None:
    wrong = contents.missing(content) + contents.too_long(content)
    if wrong:
        raise errors.NotComplete([item.label for item in wrong])


def refuse_late(locked: Proposal, call: Call | None, now: datetime) -> None:
    if call is None or call.takes(started_at=locked.started_at, now=now):
        return
    if now < call.opens_at:
        raise errors.CallNotOpen
    # Pressed in time, the letter not found in time, pressed once more.
    pressed = locked.unproven_at
    if pressed is not None and pressed < call.closes_at + GRACE and now < pressed + tokens.CONFIRM_WITHIN:
        return
    raise errors.CallClosed


def receive(locked: Proposal, content: contents.Content, *, by: User, now: datetime) -> Proposal:
    write_revision(locked, content, by=by, now=now)
    locked.submitted_at = now
    locked.save(update_fields=["submitted_at"])
    locked = move(proposal=locked, to=State.SUBMITTED, mover=Mover.PROPOSER, by=by, now=now)
    for person in letters.proposers(locked):
        letters.received(locked, person, now=now)
    return locked


def write_revision(
    locked: Proposal, content: contents.Content, *, by: User | None, now: datetime
) -> Revision:
    number = locked.revisions.count() + 1
    revision = Revision.objects.create(
        proposal=locked, number=number, content=content, sent_at=now, sent_by=by
    )
    repeat(locked, content)
    return revision


def repeat(locked: Proposal, content: contents.Content) -> None:
    """In the columns that lists ask for."""
    organization = Organization.objects.standing_one(content.get("organization"))
    locked.title, locked.aim = content["title"], content["aim"]
    locked.format = content["format"]
    locked.audiences = content.get("audiences") or []
    locked.organization = organization
    locked.organization_name = organization.name if organization else content.get("organization_other", "")
    locked.region = organization.region if organization else ""
    locked.contact_name, locked.contact_email = content["contact_name"], content["contact_email"]
    locked.host = Host.objects.filter(slug=content.get("host") or "").first()
    locked.is_public = bool(content.get("is_public"))
    locked.language = content["written_in"]
    locked.save(
        update_fields=[
            "title",
            "aim",
            "format",
            "audiences",
            "organization",
            "organization_name",
            "region",
            "contact_name",
            "contact_email",
            "host",
            "is_public",
            "language",
        ]
    )
    locked.topics.set(Topic.objects.filter(slug__in=content["topics"]))
