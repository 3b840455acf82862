"""A proposal is sent: once an address is proven it counts, and gets a receipt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
    held = lock(proposal)
    claim(held, by)
    if not held.is_draft:
        return held
    call = hold_call(held)
    now = now or timezone.now()
    refuse_unfinished(content)
    refuse_late(held, call, now)
    return receive(held, content, by=by, now=now)


@transaction.atomic
def ask_to_confirm(
    *, proposal: Proposal, content: contents.Content, now: datetime | None = None
) -> Letter | None:
    """Somebody without an account sends: what they send waits until the link in the letter proves their address.

    Raises what `send` raises: the deadline is kept by who presses the button before it.
    """
    held = lock(proposal)
    if not held.is_draft or held.person_id:
        raise errors.NotAllowed(held.state, State.SUBMITTED)
    call = hold_call(held)
    now = now or timezone.now()
    refuse_unfinished(content)
    refuse_late(held, call, now)
    held.unproven, held.unproven_at = content, now
    held.save(update_fields=["unproven", "unproven_at"])
    return letters.confirm_address(held, now=now)


@transaction.atomic
def confirm(*, token: str, now: datetime | None = None) -> Proposal:
    """The link in the letter proves the address, and what waited is sent. Raises LinkNoLongerGood.

    Opened again after it worked, it answers the same.
    """
    now = now or timezone.now()
    pk, email, moment = tokens.read_confirmation(token)
    found = Proposal.objects.filter(pk=pk).first()
    if found is None:
        raise errors.LinkNoLongerGood
    held = lock(found)
    if not held.is_draft and held.contact_email.lower() == email.lower():
        return held
    waiting = held.unproven
    if not held.is_draft or waiting is None or held.unproven_at is None:
        raise errors.LinkNoLongerGood
    if waiting["contact_email"].lower() != email.lower() or moment != tokens.moment_of(held.unproven_at):
        raise errors.LinkNoLongerGood
    person = proven(email, name=waiting["contact_name"], language=held.language)
    held.person, held.unproven, held.unproven_at = person, None, None
    held.save(update_fields=["person", "unproven", "unproven_at"])
    return receive(held, waiting, by=person, now=now)


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
    held = lock(proposal)
    if held.is_draft or not held.may_be_edited:
        raise errors.CannotBeEdited
    refuse_unfinished(content)
    last = held.revisions.last()
    if last and last.content == content:
        raise errors.NothingChanged
    now = now or timezone.now()
    revision = write_revision(held, content, by=by, now=now)
    if held.state == State.CHANGES_ASKED:
        move(proposal=held, to=State.IN_REVIEW, mover=Mover.PROPOSER, by=by, now=now)
        held.reviews.standing().update(
            finished_at=None
        )  # they read it again; their scores stay until they do
        for review in held.reviews.standing().select_related("reviewer"):
            letters.read_again(review, revision, now=now)
    else:
        note(held, HistoryLine.Deed.SENT_AGAIN, by=by, by_proposer=True, now=now)
    for person in letters.proposers(held):
        letters.received_again(held, person, revision, now=now)
    return revision


def hold_call(held: Proposal) -> Call | None:
    """The call as it is now. Held shared: it is not closed while this is sent, and many may send at once."""
    if held.call_id is None:
        return None
    held.call = Call.objects.raw("SELECT * FROM proposals_call WHERE id = %s FOR SHARE", [held.call_id])[0]
    return held.call


def refuse_unfinished(content: Mapping[str, Any]) -> None:
    wrong = contents.missing(content) + contents.too_long(content)
    if wrong:
        raise errors.NotComplete([item.label for item in wrong])


def refuse_late(held: Proposal, call: Call | None, now: datetime) -> None:
    if call is None or call.takes(started_at=held.started_at, now=now):
        return
    if now < call.opens_at:
        raise errors.CallNotOpen
    # Pressed in time, the letter not found in time, pressed once more.
    pressed = held.unproven_at
    if pressed is not None and pressed < call.closes_at + GRACE and now < pressed + tokens.CONFIRM_WITHIN:
        return
    raise errors.CallClosed


def receive(held: Proposal, content: contents.Content, *, by: User, now: datetime) -> Proposal:
    write_revision(held, content, by=by, now=now)
    held.submitted_at = now
    held.save(update_fields=["submitted_at"])
    held = move(proposal=held, to=State.SUBMITTED, mover=Mover.PROPOSER, by=by, now=now)
    for person in letters.proposers(held):
        letters.received(held, person, now=now)
    return held


def write_revision(held: Proposal, content: contents.Content, *, by: User | None, now: datetime) -> Revision:
    number = held.revisions.count() + 1
    revision = Revision.objects.create(proposal=held, number=number, content=content, sent_at=now, sent_by=by)
    repeat(held, content)
    return revision


def repeat(held: Proposal, content: contents.Content) -> None:
    """In the columns that lists ask for."""
    organization = Organization.objects.filter(pk=content.get("organization") or 0).first()
    held.title, held.aim = content["title"], content["aim"]
    held.format = content["format"]
    held.audiences = content.get("audiences") or []
    held.organization = organization
    held.organization_name = organization.name if organization else content.get("organization_other", "")
    held.region = organization.region if organization else ""
    held.contact_name, held.contact_email = content["contact_name"], content["contact_email"]
    held.host = Host.objects.filter(slug=content.get("host") or "").first()
    held.is_public = bool(content.get("is_public"))
    held.language = content["written_in"]
    held.save(
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
    held.topics.set(Topic.objects.filter(slug__in=content["topics"]))
