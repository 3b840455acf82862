"""What remains of a person in proposals when their account is deleted: nothing that names them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.forgetting import emails_of, names_of
from accounts.models import User
from outbox.about import about
from outbox.actions import forget_text
from outbox.models import Letter

from .actions.moving import lock, move
from .content import Content
from .models import CoProposer, HistoryLine, Message, Proposal
from .states import OPEN, Mover, State

NOBODYS_DRAFTS_LIVE = timedelta(days=365)
NAMING = ("contact_name", "contact_post", "contact_email")
FORGOTTEN = "—"


@transaction.atomic
def forget_person(person: User, now: datetime) -> None:
    """Drafts go. What is open is withdrawn. What was decided stays, for the activity's sake, without the names."""
    forget_what_letters_quote(person)
    for proposal in Proposal.objects.filter(person=person).order_by("pk"):
        locked = lock(proposal)
        if locked.is_draft:
            locked.delete()
            continue
        if locked.state in OPEN:
            move(proposal=locked, to=State.WITHDRAWN, mover=Mover.PROPOSER, by=None, now=now)
            locked.decisions.filter(released_at=None).delete()
        forget_names(locked)
    CoProposer.objects.filter(person=person).delete()
    CoProposer.objects.annotate(lower=Lower("email")).filter(lower__in=emails_of(person)).delete()
    HistoryLine.objects.filter(by=person).update(by=None)
    HistoryLine.objects.filter(deed=HistoryLine.Deed.ASSIGNED, why=str(person)).update(why="")
    Message.objects.filter(by=person, from_desk=False).delete()


def forget_what_letters_quote(person: User) -> None:
    """Letters to others about the person's proposals name them, or hold the text of a message that they wrote."""
    theirs = Proposal.objects.filter(
        Q(person=person) | Q(co_proposers__person=person) | Q(messages__by=person)
    ).distinct()
    written = Letter.objects.filter(about__in=[about(proposal) for proposal in theirs]).exclude(person=person)
    keys = [
        f"proposal_message_to_desk/{said}/"
        for said in Message.objects.filter(by=person, from_desk=False).values_list("pk", flat=True)
    ]
    quoting = Q()
    for name in [*names_of(person), *emails_of(person)]:
        quoting |= Q(text__icontains=name) | Q(subject__icontains=name)
    for key in keys:
        quoting |= Q(key__startswith=key)
    forget_text(written.filter(quoting))


def forget_names(locked: Proposal) -> None:
    Proposal.objects.filter(pk=locked.pk).update(
        contact_name="", contact_email="", draft={}, unproven=None, unproven_at=None
    )
    for revision in locked.revisions.all():
        revision.content = without_names(revision.content)
        revision.save(update_fields=["content"])
    locked.attachments.all().delete()


def without_names(content: Content) -> Content:
    return {**content, **dict.fromkeys(NAMING, FORGOTTEN), "speakers": [], "attachments": []}


def forget_nobodys_drafts(*, now: datetime) -> int:
    """Drafts that nobody signed in for and nobody touched for a year go, with their files. Answers how many."""
    old = Proposal.objects.filter(
        state=State.DRAFT, person=None, saved_at__lt=now - NOBODYS_DRAFTS_LIVE
    ).order_by("pk")
    count = 0
    for proposal in old:
        with transaction.atomic():
            locked = lock(proposal)
            if locked.is_draft and locked.person_id is None and locked.saved_at < now - NOBODYS_DRAFTS_LIVE:
                locked.delete()
                count += 1
    return count
