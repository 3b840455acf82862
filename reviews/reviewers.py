"""Who may review which proposal, and whom it can be given to.

Where a call hides names, who sees the board (the Secretariat, readers) sees them everywhere, and therefore never reviews.
"""

from django.contrib.auth.models import Permission
from django.db.models import Q

from accounts.models import User
from desk.alphabet import Alphabetical
from proposals.models import Proposal
from proposals.readers import reviews, sees_board

from . import errors


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
    possible = []
    for person in people:
        theirs = {host.pk for host in person.hosts.all()}
        if theirs and not theirs & asked and not sees_board(person):
            continue
        try:
            refuse_reviewer(person, proposal)
        except errors.Refused:
            continue
        possible.append(person)
    return possible


def hosts_asked(proposal: Proposal) -> set[int]:
    asked = {proposal.host_id} if proposal.host_id else set()
    if proposal.call is not None:
        asked |= set(proposal.call.hosts.values_list("pk", flat=True))
    return asked
