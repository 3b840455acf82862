"""An agreement as its host's public page tells it: its term on a line, what was promised in public, what was delivered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from .delivered import Delivered, counted_agreements, delivered, met
from .models import Agreement, Evidence, Host, Milestone, Party
from .timeline import Axis, Bar, bar
from .wording import said_beside

BADGES = {
    Agreement.State.SIGNED: "soon",
    Agreement.State.RUNNING: "open",
    Agreement.State.ENDING_SOON: "few",
    Agreement.State.RENEWED: "waiting",
    Agreement.State.ENDED_EARLY: "closed",
}


@dataclass(frozen=True)
class Promise:
    """One public milestone, with what was delivered of it."""

    milestone: Milestone
    so_far: int
    beside: str  # of whom it counts
    is_met: bool
    is_overdue: bool
    evidence: list[Evidence]

    @property
    def shown(self) -> int:
        """For the meter: never more than was promised."""
        return min(self.so_far, self.milestone.promised)


@dataclass(frozen=True)
class Term:
    """One agreement as its page tells it."""

    agreement: Agreement
    state: Agreement.State
    delivered: Delivered
    promises: list[Promise]
    axis: Axis
    bar: Bar
    today_x: float | None

    @property
    def badge(self) -> str:
        """Which of the badges' looks goes with its state."""
        return BADGES.get(self.state, "past")

    @property
    def done_width(self) -> float:
        """How much of the bar lies behind us, in percent of the drawing."""
        if self.today_x is None:
            is_over = self.state in (
                Agreement.State.ENDED,
                Agreement.State.ENDED_EARLY,
                Agreement.State.RENEWED,
            )
            return self.bar.width if is_over else 0
        return round(min(max(self.today_x - self.bar.x, 0), self.bar.width), 2)

    @property
    def today_anchor(self) -> str:
        """So that the word stays inside the drawing."""
        at = self.today_x or 0
        return "start" if at < 12 else "end" if at > 88 else "middle"

    @property
    def promises_met(self) -> int:
        return sum(promise.is_met for promise in self.promises)

    @property
    def parties(self) -> list[Party]:
        return [party for party in self.agreement.parties.all() if party.is_public]


def terms_of(hosts: list[Host], now: datetime) -> dict[int, list[Term]]:
    """The signed agreements of these hosts, the latest first, in five queries."""
    agreements = counted_agreements(
        Agreement.objects.signed()
        .filter(host__in=hosts)
        .select_related("host", "member", "renewal")
        .prefetch_related(
            Prefetch("parties", Party.objects.select_related("organization")),
            "extensions",
            Prefetch("milestones", Milestone.objects.select_related("continuation")),
            Prefetch("milestones__evidence", Evidence.objects.filter(is_public=True)),
        ),
        now=now,
    )
    terms: dict[int, list[Term]] = {host.pk: [] for host in hosts}
    for agreement in agreements:
        terms[agreement.host_id].append(term_of(agreement, now))
    return terms


def term_of(agreement: Agreement, now: datetime) -> Term:
    today, so_far = agreement.today(now), delivered(agreement)
    axis = Axis.around(agreement.starts_on, agreement.last_day)
    promises = [
        Promise(
            milestone=milestone,
            so_far=so_far.counted(milestone.measure),
            beside=said_beside(milestone, so_far),
            is_met=met(milestone, so_far),
            is_overdue=milestone.is_overdue(today),
            evidence=list(milestone.evidence.all()),
        )
        for milestone in agreement.milestones.all()
        if milestone.is_public and not milestone.is_waived
    ]
    public = {promise.milestone.pk for promise in promises}
    drawn = bar(agreement, axis, now=now, met={promise.milestone.pk: promise.is_met for promise in promises})
    return Term(
        agreement=agreement,
        state=agreement.state(today),
        delivered=so_far,
        promises=promises,
        axis=axis,
        bar=Bar(
            **{
                **drawn.__dict__,
                "dots": [dot for dot in drawn.dots if dot.milestone.pk in public],
            }
        ),
        today_x=axis.at(today) if axis.first <= today <= axis.last else None,
    )


def term_to_show(terms: list[Term], today: date) -> Term | None:
    """The term that holds; else the one to come next; else the last one."""
    holding = [term for term in terms if term.agreement.starts_on <= today <= term.agreement.last_day]
    coming = [term for term in terms if term.agreement.starts_on > today]
    return next(iter(holding + coming[::-1] + terms), None)
