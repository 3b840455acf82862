"""Who reads what: one place decides for every queue, page, list, search, file and export of the desk.

Where a call hides names, whoever may review does not see who proposes. Who sees the board (the Secretariat, readers)
sees names everywhere, and therefore never reviews for such a call.
"""

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from desk.alphabet import Alphabetical
from hubs.models import Host

from . import errors
from .models import CoProposer, Proposal, Review
from .models.proposal import ProposalQuerySet


def sees_board(person: User | AnonymousUser) -> bool:
    return person.is_authenticated and person.is_staff and person.has_perm("proposals.see_board")


def decides(person: User | AnonymousUser) -> bool:
    return person.is_authenticated and person.is_staff and person.has_perm("proposals.decide_proposal")


def reviews(person: User | AnonymousUser) -> bool:
    return person.is_authenticated and person.is_staff and person.has_perm("proposals.review_proposal")


def sees_names(person: User | AnonymousUser, proposal: Proposal) -> bool:
    return sees_board(person) or not proposal.hides_names


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


def refuse_reviewer(person: User, proposal: Proposal) -> None:
    """Raises NotAReviewer, NamesWouldShow or ConflictOfInterest when this person must not review this proposal."""
    if not reviews(person) or not person.is_active:
        raise errors.NotAReviewer
    if proposal.hides_names and sees_board(person):
        raise errors.NamesWouldShow
    if has_interest(person, proposal):
        raise errors.ConflictOfInterest


def has_interest(person: User, proposal: Proposal) -> bool:
    """Declared, or plain to see: they propose it, alone or with others, or for the organization they act for."""
    if proposal.person_id == person.pk:
        return True
    if proposal.organization_id and proposal.organization_id == person.organization_id:
        return True
    return (
        proposal.co_proposers.filter(person=person, confirmed_at__isnull=False).exists()
        or proposal.reviews.filter(reviewer=person, conflict_at__isnull=False).exists()
    )


def possible_reviewers(proposal: Proposal) -> list[User]:
    """Staff who review, and coordinators of the hosts asked; nobody whom refuse_reviewer would refuse."""
    wanted = Permission.objects.get(content_type__app_label="proposals", codename="review_proposal")
    people = (
        User.objects.filter(is_staff=True, is_active=True)
        .filter(Q(groups__permissions=wanted) | Q(user_permissions=wanted))
        .distinct()
        .prefetch_related("hosts")
        .order_by(Alphabetical("name"), "pk")
    )
    asked = hosts_asked(proposal)
    found = []
    for person in people:
        theirs = {host.pk for host in person.hosts.all()}
        if theirs and not theirs & asked and not sees_board(person):
            continue
        try:
            refuse_reviewer(person, proposal)
        except errors.Refused:
            continue
        found.append(person)
    return found


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
    found = Host.objects.filter(kind=Host.Kind.SECRETARIAT).order_by("pk").first()
    return found.email if found else ""


def hosts_asked(proposal: Proposal) -> set[int]:
    asked = {proposal.host_id} if proposal.host_id else set()
    if proposal.call is not None:
        asked |= set(proposal.call.hosts.values_list("pk", flat=True))
    return asked
