"""Who of the staff may read which proposal: one place decides for every queue, page, list, search, file, letter and export.

Who proposes it comes in by access.py. What a reviewer sees of who proposes: reviews/hidden_names.py.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from hubs.models import Host

from .models import CoProposer, Proposal, Review
from .models.proposal import ProposalQuerySet


def sees_board(person: User | AnonymousUser) -> bool:
    return person.is_authenticated and person.is_staff and person.has_perm("proposals.see_board")


def decides(person: User | AnonymousUser) -> bool:
    return person.is_authenticated and person.is_staff and person.has_perm("proposals.decide_proposal")


def reviews(person: User | AnonymousUser) -> bool:
    return person.is_authenticated and person.is_staff and person.has_perm("proposals.review_proposal")


def readable_by(person: User) -> ProposalQuerySet:
    """What this person may read at the desk: never a draft, never their own, never what they have an interest in."""
    sent = Proposal.objects.sent().select_related("call", "organization", "host", "activity")
    in_conflict = Review.objects.filter(proposal=OuterRef("pk"), reviewer=person, conflict_at__isnull=False)
    theirs = Exists(in_conflict) | Exists(
        CoProposer.objects.filter(proposal=OuterRef("pk"), person=person, confirmed_at__isnull=False)
    )
    readable = sent.exclude(person=person).exclude(theirs)
    if sees_board(person):
        return readable
    if not reviews(person):
        return readable.none()
    mine = Host.objects.run_by(person).values("pk")
    return readable.filter(
        Exists(Review.objects.filter(proposal=OuterRef("pk"), reviewer=person))
        | Q(host__in=mine)
        | Exists(Host.objects.filter(pk__in=mine, calls=OuterRef("call")))
    )


def who_answers(proposal: Proposal) -> list[User]:
    """Whom a proposer's word is for: who reads it now, and who of the desk has dealt with it.

    Nobody who must not read it: an interest declared since, a role given back.
    """
    dealt = proposal.history.filter(by_proposer=False).values("by")
    wrote = proposal.messages.filter(from_desk=True).values("by")
    known = Q(pk__in=dealt) | Q(pk__in=wrote)
    if proposal.is_read:
        known |= Q(pk__in=proposal.reviews.standing().values("reviewer"))
    people = User.objects.filter(known, is_active=True, is_staff=True).order_by("pk")
    return [
        person
        for person in people
        if (decides(person) or (reviews(person) and proposal.is_read))
        and readable_by(person).filter(pk=proposal.pk).exists()
    ]


def secretariat_address() -> str:
    """The mailbox of the Secretariat, as its host's page gives it; empty while nobody wrote it there."""
    secretariat = Host.objects.filter(kind=Host.Kind.SECRETARIAT).order_by("pk").first()
    return secretariat.email if secretariat else ""
