"""Yes, no, or please change this. Decisions are prepared one by one and told together."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from hubs.models import Host
from proposals import letters, readers
from proposals.actions.moving import lock, move
from proposals.models import Decision, Proposal
from proposals.states import READ, Mover, State

from .. import errors
from .accepting import make_activity


@transaction.atomic
def prepare_decision(
    *,
    proposal: Proposal,
    verdict: str,
    reasons: str,
    by: User,
    host: Host | None = None,
    starts_at: datetime | None = None,
    now: datetime | None = None,
) -> Decision:
    """Write a decision down. Nobody is told before `release`. To accept, name the `host` of the activity.

    Raises NotYours, NoReasons, StartIsOver, AlreadyPrepared, NotAllowed.
    """
    held = lock(proposal)
    now = now or timezone.now()
    refuse_decider(by, held)
    if not reasons.strip():
        raise errors.NoReasons
    if starts_at and verdict == Decision.Verdict.ACCEPTED and starts_at <= now:
        raise errors.StartIsOver
    if held.state not in READ and not (
        held.state == State.CHANGES_ASKED and verdict == Decision.Verdict.DECLINED
    ):
        raise errors.NotAllowed(held.state, State(verdict))
    try:
        with transaction.atomic():
            return Decision.objects.create(
                proposal=held,
                verdict=verdict,
                reasons=reasons.strip(),
                host=host if verdict == Decision.Verdict.ACCEPTED else None,
                starts_at=starts_at if verdict == Decision.Verdict.ACCEPTED else None,
                prepared_by=by,
                prepared_at=now,
            )
    except IntegrityError as error:
        if held.decisions.filter(released_at=None).exists():
            raise errors.AlreadyPrepared from error
        raise


@transaction.atomic
def take_back_decision(*, decision: Decision, by: User) -> None:
    held = lock(decision.proposal)
    refuse_decider(by, held)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.released_at:
        raise errors.AlreadyReleased
    decision.delete()


def release(
    *, decisions: Iterable[Decision], by: User, now: datetime | None = None
) -> list[tuple[Decision, errors.Refused | None]]:
    """Tell these decisions: each proposal moves, and each of its proposers gets one letter with the reasons.

    Each is a transaction of its own, so one refusal holds up no other; it is answered beside the decision.
    """
    told: list[tuple[Decision, errors.Refused | None]] = []
    for decision in decisions:
        try:
            told.append((release_one(decision, by=by, now=now or timezone.now()), None))
        except errors.Refused as refusal:
            told.append((decision, refusal))
    return told


@transaction.atomic
def release_one(decision: Decision, *, by: User, now: datetime) -> Decision:
    held = lock(decision.proposal)
    refuse_decider(by, held)
    found = Decision.objects.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if found is None:  # taken back, or the proposal was withdrawn
        raise errors.NotAllowed(held.state, State(decision.verdict))
    if found.released_at:
        raise errors.AlreadyReleased
    found.released_at, found.released_by = now, by
    found.save(update_fields=["released_at", "released_by"])
    to = State(found.verdict)
    held = move(proposal=held, to=to, mover=Mover.DECIDER, by=by, why=found.reasons, now=now)
    if to == State.ACCEPTED:
        held.activity = make_activity(held, found, by=by, now=now)
        held.save(update_fields=["activity"])
    for person in letters.proposers(held):
        letters.decided(held, found, person, now=now)
    return found


@transaction.atomic
def ask_for_changes(*, proposal: Proposal, what: str, by: User, now: datetime | None = None) -> Proposal:
    """“Please change this”: the proposers write again, and what they send comes back as a new revision.

    A decision that was prepared falls away. Raises NotYours, NoReasons, NotAllowed.
    """
    held = lock(proposal)
    refuse_decider(by, held)
    if not what.strip():
        raise errors.NoReasons
    now = now or timezone.now()
    held = move(proposal=held, to=State.CHANGES_ASKED, mover=Mover.DECIDER, by=by, why=what.strip(), now=now)
    held.decisions.filter(released_at=None).delete()
    for person in letters.proposers(held):
        letters.changes_asked(held, person, what=what.strip(), now=now)
    return held


def refuse_decider(by: User, held: Proposal) -> None:
    """Who decides is not who proposes, and has no interest in it."""
    if not readers.decides(by) or not readers.readable_by(by).filter(pk=held.pk).exists():
        raise errors.NotYours
