"""The letters about proposals: to who proposes, in their language; to who reads, without names where those are hidden."""

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import formats, translation

from accounts.models import User
from accounts.whose import owner_of
from outbox.actions import write_letter
from outbox.links import link_to
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as

from . import tokens
from .models import CoProposer, Decision, Message, Proposal, Review, Revision


def proposers(proposal: Proposal) -> list[User]:
    """Who is written to: the one who proposed it, and the others who said yes."""
    together = [
        co_proposer.person
        for co_proposer in proposal.co_proposers.beside()
        .filter(confirmed_at__isnull=False)
        .select_related("person")
        if co_proposer.person is not None
    ]
    owner = [proposal.person] if proposal.person and not proposal.person.erased_at else []
    return [*owner, *together]


# To an address


def confirm_address(proposal: Proposal, *, now: datetime) -> Letter | None:
    """To an address that is not proven yet: the link in it sends the proposal. Nothing of what was typed stands in it."""
    waiting, moment = proposal.unproven, proposal.unproven_at
    assert waiting is not None
    assert moment is not None
    email = waiting["contact_email"]
    with reading_as(language=proposal.language):
        page = link_to("proposals:confirmation", tokens.confirmation(proposal, email, moment))
    return write_letter(
        NewLetter(
            kind="proposal_confirm",
            key=f"proposal_confirm/{proposal.pk}/{tokens.moment_of(moment)}",
            about=proposal,
            person=None,
            to=email,
            language=proposal.language,
            template="proposals/confirm_address",
            context={"code": proposal.code, "page": page},
            secret=True,
            urgent=True,
            useless_after=moment + tokens.CONFIRM_WITHIN,
            now=now,
        )
    )


def continuation(proposal: Proposal, email: str, *, now: datetime) -> Letter | None:
    """To an address that anybody may have typed, so nothing of what was typed stands in it."""
    language = translation.get_language() or proposal.language
    with reading_as(language=language):
        page = link_to("proposals:continuing", tokens.continuation(proposal))
    return write_letter(
        NewLetter(
            kind="proposal_continue",
            key=f"proposal_continue/{proposal.pk}/{email.lower()}/{int(now.timestamp() // 60)}",
            about=proposal,
            person=None,
            to=email,
            language=language,
            template="proposals/continue",
            context={"code": proposal.code, "page": page, "days": tokens.CONTINUE_WITHIN.days},
            secret=True,
            urgent=True,
            now=now,
        )
    )


def ask_to_join(asked: CoProposer, *, by: User, now: datetime) -> Letter | None:
    """Names and titles are told to who has shown to read letters at this address; to others only who asks, by their own."""
    proposal = asked.proposal
    known = owner_of(asked.email)
    known = known if known and known.is_active else None
    is_proven = EmailAddress.objects.filter(email__iexact=asked.email, verified=True, user=known).exists()
    language = known.language if known else proposal.language
    with reading_as(language=language):
        page = link_to("proposals:joining", tokens.joining(asked))
    return write_letter(
        NewLetter(
            kind="proposal_join",
            key=f"proposal_join/{asked.pk}",
            about=proposal,
            person=None,
            to=asked.email,
            language=language,
            template="proposals/ask_to_join",
            context={
                "who": by if is_proven else "",
                "address": by.email,
                "title": proposal.typed_title if is_proven else "",
                "page": page,
            },
            secret=True,
            now=now,
        )
    )


# To who proposes


def received(proposal: Proposal, person: User, *, now: datetime) -> Letter | None:
    with reading_as(person):
        answer_by = formats.date_format(proposal.answer_by, "DATE_FORMAT") if proposal.answer_by else ""
    return write_letter(to_proposer("received", proposal, person, "", now=now, answer_by=answer_by))


def received_again(proposal: Proposal, person: User, revision: Revision, *, now: datetime) -> Letter | None:
    return write_letter(to_proposer("received_again", proposal, person, revision.number, now=now))


def changes_asked(proposal: Proposal, person: User, *, what: str, now: datetime) -> Letter | None:
    occurrence = f"{proposal.revisions.count()}/{int(now.timestamp())}"
    return write_letter(to_proposer("changes_asked", proposal, person, occurrence, now=now, what=what))


def decided(proposal: Proposal, decision: Decision, person: User, *, now: datetime) -> Letter | None:
    kind = "accepted" if decision.verdict == Decision.Verdict.ACCEPTED else "declined"
    comments = [review.to_proposer for review in proposal.reviews.finished() if review.to_proposer.strip()]
    return write_letter(
        to_proposer(
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
    )


def withdrawn(proposal: Proposal, person: User, *, now: datetime) -> Letter | None:
    return write_letter(to_proposer("withdrawn", proposal, person, "", now=now))


def published(proposal: Proposal, person: User, *, now: datetime) -> Letter | None:
    activity = proposal.activity
    assert activity is not None
    page = link_to(activity)
    return write_letter(to_proposer("published", proposal, person, "", now=now, activity_page=page))


def message(said: Message, person: User, *, now: datetime) -> Letter | None:
    return write_letter(to_proposer("message", said.proposal, person, said.pk, now=now, text=said.text))


def to_proposer(
    kind: str,
    proposal: Proposal,
    person: User,
    occurrence: int | str,
    *,
    now: datetime,
    name: str = "",
    **more: object,
) -> NewLetter:
    """`name` stands in the key where two kinds must not both be written; `more` is for the templates."""
    with reading_as(person):
        more |= {"proposal": proposal, "page": link_to(proposal)}
    key = f"{name or kind}/{proposal.pk}/{person.pk}/{occurrence}"
    return new_letter(kind, key, proposal, more, person=person, now=now)


# To who reads


def assigned(review: Review, *, now: datetime) -> Letter | None:
    return write_letter(to_reviewer("assigned", review, "", now=now))


def read_again(review: Review, revision: Revision, *, now: datetime) -> Letter | None:
    return write_letter(to_reviewer("read_again", review, revision.number, now=now))


def to_reviewer(kind: str, review: Review, occurrence: int | str, *, now: datetime) -> NewLetter:
    person, key = review.reviewer, f"{kind}/{review.pk}/{occurrence}"
    with reading_as(person):
        page = desk_page(review.proposal)
    return new_letter(kind, key, review.proposal, {"page": page}, person=person, now=now)


def message_to_desk(said: Message, person: User, *, now: datetime) -> Letter | None:
    """What a proposer wrote, to who answers it. It never says who wrote: not everyone at the desk may know."""
    return write_letter(to_desk(said, str(person.pk), person=person, language=person.language, now=now))


def message_to_secretariat(said: Message, mailbox: str, *, now: datetime) -> Letter | None:
    """The same, to the Secretariat's mailbox."""
    language = settings.LANGUAGE_CODE
    return write_letter(to_desk(said, "mailbox", person=None, to=mailbox, language=language, now=now))


def to_desk(
    said: Message, reader: str, *, person: User | None, to: str = "", language: str, now: datetime
) -> NewLetter:
    """`reader` names them in the letter's key."""
    key = f"message_to_desk/{said.pk}/{reader}"
    with reading_as(person, language=language):
        more = {"text": said.text, "page": f"{desk_page(said.proposal)}#messages"}
    return new_letter(
        "message_to_desk", key, said.proposal, more, person=person, to=to, language=language, now=now
    )


def desk_page(proposal: Proposal) -> str:
    return link_to("reviews:proposal", proposal.code)


def new_letter(
    kind: str,
    key: str,
    proposal: Proposal,
    more: Mapping[str, object],
    *,
    person: User | None,
    to: str = "",
    language: str = "",
    now: datetime,
) -> NewLetter:
    return NewLetter(
        kind=f"proposal_{kind}",
        key=f"proposal_{key}",
        about=proposal,
        person=person,
        to=to,
        language=language,
        template=f"proposals/{kind}",
        context={"title": proposal.title, "code": proposal.code, **more},
        now=now,
    )
