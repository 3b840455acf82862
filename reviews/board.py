"""All proposals at a glance, for the Secretariat: where they stand, how old they are, which wait too long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.regions import Region
from catalog.models import Topic
from hubs.models import Host
from proposals import readers
from proposals.models import Call, Decision, Message, Proposal, Review
from proposals.models.proposal import ProposalQuerySet
from proposals.states import State

from .verdicts import Verdicts, verdicts

# After so long in a state somebody should ask why.
PATIENCE = {
    State.SUBMITTED: timedelta(days=14),
    State.IN_REVIEW: timedelta(days=42),
    State.CHANGES_ASKED: timedelta(days=30),
    State.ACCEPTED: timedelta(days=60),
}
ANSWERED_WITHIN = timedelta(days=7)
PER_PAGE = 50
AGES = {
    "7": gettext_lazy("older than a week"),
    "30": gettext_lazy("older than a month"),
    "90": gettext_lazy("older than three months"),
}


@dataclass
class Row:
    proposal: Proposal
    age: int
    waits: list[str]
    verdicts: Verdicts
    readers: int
    prepared: str


class Board:
    def __init__(self, person: User, asked: Mapping[str, str], now: datetime):
        self.person, self.now = person, now
        self.asked = {
            name: asked.get(name, "").strip()[:100]
            for name in ("q", "state", "topic", "region", "host", "call", "age", "waits")
        }

    def all(self) -> ProposalQuerySet:
        proposals = readers.readable_by(self.person)
        asked = self.asked
        filters = {
            "state": Q(state=asked["state"]),
            "topic": Q(topics__slug=asked["topic"]),
            "region": Q(region=asked["region"]),
            "host": Q(host__slug=asked["host"]) | Q(activity__host__slug=asked["host"]),
            "call": Q(call__isnull=True) if asked["call"] == "none" else Q(call__slug=asked["call"]),
        }
        for name, condition in filters.items():
            if asked[name]:
                proposals = proposals.filter(condition)
        if asked["age"] and asked["age"] not in AGES:
            return proposals.none()
        if asked["age"]:
            proposals = proposals.filter(submitted_at__lte=self.now - timedelta(days=int(asked["age"])))
        if asked["q"]:
            words = asked["q"]
            proposals = proposals.filter(
                Q(title__icontains=words)
                | Q(aim__icontains=words)
                | Q(code__iexact=words)
                | Q(organization_name__icontains=words)
                | Q(contact_name__icontains=words)
                | Q(contact_email__iexact=words)
            )
        if asked["waits"]:
            proposals = proposals.filter(self.waits_too_long())
        return proposals.distinct().order_by("-submitted_at", "-pk")

    def waits_too_long(self) -> Q:
        waits = Q(pk__in=self.unanswered().values("pk"))
        for state, patience in PATIENCE.items():
            waits |= Q(state=state, state_since__lt=self.now - patience)
        return waits

    def unanswered(self) -> ProposalQuerySet:
        """Whose last message is the proposer's, and has lain for a week."""
        last = Message.objects.filter(proposal=OuterRef("pk")).order_by("-at", "-pk")
        return Proposal.objects.annotate(
            last_from_desk=Subquery(last.values("from_desk")[:1]), last_at=Subquery(last.values("at")[:1])
        ).filter(last_from_desk=False, last_at__lt=self.now - ANSWERED_WITHIN)

    def rows_of(self, proposals: list[Proposal]) -> list[Row]:
        """In a fixed number of statements, however many rows."""
        ids = [proposal.pk for proposal in proposals]
        unanswered = set(self.unanswered().filter(pk__in=ids).values_list("pk", flat=True))
        prepared = dict(
            Decision.objects.filter(proposal__in=ids, released_at=None).values_list("proposal", "verdict")
        )
        reviews: dict[int, list[Review]] = {}
        for review in Review.objects.standing().filter(proposal__in=ids).prefetch_related("scores"):
            reviews.setdefault(review.proposal_id, []).append(review)
        rows = []
        for proposal in proposals:
            known = reviews.get(proposal.pk, [])
            verdict = prepared.get(proposal.pk, "")
            rows.append(
                Row(
                    proposal=proposal,
                    age=proposal.age_in_days(self.now),
                    waits=self.why_late(proposal, proposal.pk in unanswered),
                    verdicts=verdicts(proposal, known),
                    readers=len(known),
                    prepared=str(Decision.Verdict(verdict).label) if verdict else "",
                )
            )
        return rows

    def why_late(self, proposal: Proposal, unanswered: bool) -> list[str]:
        why = []
        state = State(proposal.state)
        if state in PATIENCE and proposal.state_since < self.now - PATIENCE[state]:
            days = (self.now - proposal.state_since).days
            why.append(_("%(days)d days in this state") % {"days": days})
        if unanswered:
            why.append(_("a message waits for an answer"))
        return why

    @property
    def counts(self) -> list[tuple[State, int]]:
        counts = dict(
            readers.readable_by(self.person)
            .order_by()
            .values_list("state")
            .annotate(count=Count("pk", distinct=True))
        )
        return [(state, counts.get(state, 0)) for state in State if state != State.DRAFT]

    @property
    def late(self) -> int:
        return readers.readable_by(self.person).filter(self.waits_too_long()).distinct().count()

    @property
    def choices(self) -> list[dict[str, object]]:
        """The filters, each with what one may choose."""
        return [
            {
                "name": "state",
                "label": _("State"),
                "options": [(s.value, s.label) for s in State if s != State.DRAFT],
            },
            {
                "name": "topic",
                "label": _("Topic"),
                "options": [(t.slug, t.name) for t in Topic.objects.all()],
            },
            {"name": "region", "label": _("Region"), "options": Region.choices},
            {"name": "host", "label": _("Host"), "options": [(h.slug, h.name) for h in Host.objects.all()]},
            {
                "name": "call",
                "label": _("Call"),
                "options": [
                    ("none", _("outside of calls")),
                    *((c.slug, c.title) for c in Call.objects.all()),
                ],
            },
            {"name": "age", "label": _("Age"), "options": list(AGES.items())},
        ]
