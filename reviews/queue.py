"""What a reader has before them, in the order in which it came."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from accounts.models import User
from proposals import readers
from proposals.models import Proposal, Review
from proposals.models.proposal import ProposalQuerySet
from proposals.states import READ

from .hidden_names import names_show_to, sees_names

MOST_SHOWN = 200


class Queue:
    """`show`: “mine” (given to me and not finished), “open” (whatever I may read and is read now), “all”.

    Without a choice: what was given to me while something was, else what is open, such as what was sent to my host.
    """

    WAYS = ("mine", "open", "all")

    def __init__(self, person: User, asked: Mapping[str, str]):
        self.person = person
        self.asked_for = asked.get("q", "").strip()[:100]
        way = asked.get("show", "")
        self.way = way if way in self.WAYS else ("mine" if self.waiting else "open")

    @property
    def query(self) -> str:
        return f"show={self.way}"

    def all(self) -> ProposalQuerySet:
        own = Review.objects.filter(proposal=OuterRef("pk"), reviewer=self.person)
        proposals = readers.readable_by(self.person).annotate(
            is_mine=Exists(own), is_finished=Exists(own.filter(finished_at__isnull=False))
        )
        if self.way == "mine":
            proposals = proposals.filter(is_mine=True, is_finished=False, state__in=READ)
        elif self.way == "open":
            proposals = proposals.filter(state__in=READ)
        if self.asked_for:
            proposals = proposals.filter(self.matches())
        return proposals.order_by("submitted_at", "pk")

    def matches(self) -> Q:
        """By title, aim and number; by names only where this reader sees them."""
        words = self.asked_for
        in_words = Q(title__icontains=words) | Q(aim__icontains=words) | Q(code__iexact=words)
        who = Q(organization_name__icontains=words) | Q(contact_name__icontains=words)
        return in_words | (who & names_show_to(self.person))

    @property
    def rows(self) -> list[dict[str, object]]:
        return [
            {"proposal": proposal, "names": sees_names(self.person, proposal)}
            for proposal in self.all()[:MOST_SHOWN]
        ]

    @cached_property
    def waiting(self) -> int:
        return Review.objects.waiting().filter(reviewer=self.person, proposal__state__in=READ).count()

    def neighbors(self, of: Proposal) -> tuple[str | None, str | None]:
        """The codes of the proposals before and after this one, wherever it stands itself."""
        here = (of.submitted_at, of.pk)
        queue = list(self.all().values_list("submitted_at", "pk", "code")[:MOST_SHOWN])
        before = [code for at, pk, code in queue if (at, pk) < here]
        after = [code for at, pk, code in queue if (at, pk) > here]
        return (before[-1] if before else None), (after[0] if after else None)
