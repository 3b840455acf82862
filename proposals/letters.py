"""The letters about proposals: to who proposes, in their language; to who reads, without names where those are hidden."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation

from accounts.models import User
from outbox.actions import write_letter
from outbox.models import Letter

from . import tokens
from .models import CoProposer, Decision, Message, Proposal, Review, Revision


def proposers(proposal: Proposal) -> list[User]:
    """Who is written to: the one who proposed it, and the others who said yes."""
    together = [
        one.person
        for one in proposal.co_proposers.filter(confirmed_at__isnull=False).select_related("person")
        if one.person is not None
    ]
    owner = [proposal.person] if proposal.person and not proposal.person.erased_at else []
    return [*owner, *(person for person in together if person.pk != proposal.person_id)]


# To who proposes


def confirm_address(proposal: Proposal, *, now: datetime) -> Letter | None:
    """To an address that is not proven yet: the link in it sends the proposal. Nothing of what was typed stands in it."""
    waiting, moment = proposal.unproven, proposal.unproven_at
    assert waiting is not None
    assert moment is not None
    with reading(proposal.language):
        return write_letter(
            kind="proposal_confirm",
            key=f"proposal_confirm/{proposal.pk}/{tokens.moment_of(moment)}",
            person=None,
            to=waiting["contact_email"],
            template="proposals/confirm_address",
            context={
                "code": proposal.code,
                "page": address(
                    "proposals:confirmation",
                    tokens.confirmation(proposal, waiting["contact_email"], moment),
                ),
            },
            about=about(proposal),
            secret=True,
            urgent=True,
            useless_after=moment + tokens.CONFIRM_WITHIN,
            now=now,
        )


def continuation(proposal: Proposal, email: str, *, now: datetime) -> Letter | None:
    """To an address that anybody may have typed, so nothing of what was typed stands in it."""
    with reading(translation.get_language() or proposal.language):
        return write_letter(
            kind="proposal_continue",
            key=f"proposal_continue/{proposal.pk}/{email.lower()}/{int(now.timestamp() // 60)}",
            person=None,
            to=email,
            template="proposals/continue",
            context={
                "code": proposal.code,
                "page": address("proposals:continuing", tokens.continuation(proposal)),
                "days": tokens.CONTINUE_WITHIN.days,
            },
            about=about(proposal),
            secret=True,
            urgent=True,
            now=now,
        )


def ask_to_join(asked: CoProposer, *, by: User, now: datetime) -> Letter | None:
    """Names and titles are told to who has shown to read letters at this address; to others only who asks, by their own."""
    proposal = asked.proposal
    known = User.objects.filter(email__iexact=asked.email, is_active=True).first()
    is_proven = EmailAddress.objects.filter(email__iexact=asked.email, verified=True, user=known).exists()
    with reading(known.language if known else proposal.language):
        return write_letter(
            kind="proposal_join",
            key=f"proposal_join/{asked.pk}",
            person=None,
            to=asked.email,
            template="proposals/ask_to_join",
            context={
                "who": by if is_proven else "",
                "address": by.email,
                "title": proposal.typed_title if is_proven else "",
                "page": address("proposals:joining", tokens.joining(asked)),
            },
            about=about(proposal),
            secret=True,
            now=now,
        )


def received(proposal: Proposal, person: User, *, now: datetime) -> Letter | None:
    with reading_as(person):
        return write("received", proposal, person, "", now=now, answer_by=day(proposal.answer_by))


def received_again(proposal: Proposal, person: User, revision: Revision, *, now: datetime) -> Letter | None:
    return write("received_again", proposal, person, revision.number, now=now)


def changes_asked(proposal: Proposal, person: User, *, what: str, now: datetime) -> Letter | None:
    occurrence = proposal.revisions.count()
    return write(
        "changes_asked", proposal, person, f"{occurrence}/{int(now.timestamp())}", now=now, what=what
    )


def decided(proposal: Proposal, decision: Decision, person: User, *, now: datetime) -> Letter | None:
    kind = "accepted" if decision.verdict == Decision.Verdict.ACCEPTED else "declined"
    comments = [review.to_proposer for review in proposal.reviews.finished() if review.to_proposer.strip()]
    return write(
        kind,
        proposal,
        person,
        decision.pk,
        now=now,
        name="decided",
        reasons=decision.reasons,
        comments=comments,
        host=decision.host,
    )


def withdrawn(proposal: Proposal, person: User, *, now: datetime) -> Letter | None:
    return write("withdrawn", proposal, person, "", now=now)


def published(proposal: Proposal, person: User, *, now: datetime) -> Letter | None:
    activity = proposal.activity
    assert activity is not None
    return write(
        "published",
        proposal,
        person,
        "",
        now=now,
        activity_page=settings.SITE_URL + activity.get_absolute_url(),
    )


def message(said: Message, person: User, *, now: datetime) -> Letter | None:
    return write("message", said.proposal, person, said.pk, now=now, text=said.text)


# To who reads


def assigned(review: Review, *, now: datetime) -> Letter | None:
    return to_reviewer("assigned", review, "", now=now)


def read_again(review: Review, revision: Revision, *, now: datetime) -> Letter | None:
    return to_reviewer("read_again", review, revision.number, now=now)


def message_to_desk(said: Message, person: User, *, now: datetime) -> Letter | None:
    """What a proposer wrote, to who answers it. It never says who wrote: not everyone at the desk may know."""
    with reading_as(person):
        return tell_desk(said, str(person.pk), person=person, now=now)


def message_to_secretariat(said: Message, mailbox: str, *, now: datetime) -> Letter | None:
    """The same, to the Secretariat's mailbox."""
    with reading(settings.LANGUAGE_CODE):
        return tell_desk(said, "mailbox", person=None, to=mailbox, now=now)


def tell_desk(
    said: Message, reader: str, *, person: User | None, to: str | None = None, now: datetime
) -> Letter | None:
    """`reader` names them in the letter's key."""
    return write_letter(
        kind="proposal_message_to_desk",
        key=f"proposal_message_to_desk/{said.pk}/{reader}",
        person=person,
        to=to,
        template="proposals/message_to_desk",
        context=told_to_desk(said),
        about=about(said.proposal),
        now=now,
    )


def told_to_desk(said: Message) -> dict[str, Any]:
    proposal = said.proposal
    return {
        "title": proposal.title,
        "code": proposal.code,
        "text": said.text,
        "page": f"{address('proposals:desk_proposal', proposal.code)}#messages",
    }


def to_reviewer(kind: str, review: Review, occurrence: int | str, *, now: datetime) -> Letter | None:
    proposal = review.proposal
    with reading_as(review.reviewer):
        return write_letter(
            kind=f"proposal_{kind}",
            key=f"proposal_{kind}/{review.pk}/{occurrence}",
            person=review.reviewer,
            template=f"proposals/{kind}",
            context={
                "title": proposal.title,
                "code": proposal.code,
                "page": address("proposals:desk_proposal", proposal.code),
            },
            about=about(proposal),
            now=now,
        )


def write(
    kind: str,
    proposal: Proposal,
    person: User,
    occurrence: int | str,
    *,
    now: datetime,
    name: str = "",
    **more: Any,
) -> Letter | None:
    """`name` stands in the key where two kinds must not both be written."""
    with reading_as(person):
        return write_letter(
            kind=f"proposal_{kind}",
            key=f"proposal_{name or kind}/{proposal.pk}/{person.pk}/{occurrence}",
            person=person,
            template=f"proposals/{kind}",
            context={
                "proposal": proposal,
                "title": proposal.title,
                "code": proposal.code,
                "page": settings.SITE_URL + proposal.get_absolute_url(),
                **more,
            },
            about=about(proposal),
            now=now,
        )


def about(proposal: Proposal) -> str:
    return f"proposal {proposal.pk}"


def address(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def day(value: Any) -> str:
    return formats.date_format(value, "DATE_FORMAT") if value else ""


@contextmanager
def reading(language: str) -> Iterator[None]:
    with translation.override(language):
        yield


@contextmanager
def reading_as(person: User) -> Iterator[None]:
    with translation.override(person.language), timezone.override(person.zone):
        yield
