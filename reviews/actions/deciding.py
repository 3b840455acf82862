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
    locked = lock(proposal)
    now = now or timezone.now()
    refuse_decider(by, locked)
    if not reasons.strip():
        raise errors.NoReasons
    if starts_at and verdict == Decision.Verdict.ACCEPTED and starts_at <= now:
        raise errors.StartIsOver
    if locked.state not in READ and not (
        locked.state == State.CHANGES_ASKED and verdict == Decision.Verdict.DECLINED
    ):
        raise errors.NotAllowed(locked.state, State(verdict))
    try:
        with transaction.atomic():
            return Decision.objects.create(
                proposal=locked,
                verdict=verdict,
                reasons=reasons.strip(),
                host=host if verdict == Decision.Verdict.ACCEPTED else None,
                starts_at=starts_at if verdict == Decision.Verdict.ACCEPTED else None,
                prepared_by=by,
                prepared_at=now,
            )
    except IntegrityError as error:
        if locked.decisions.filter(released_at=None).exists():
            raise errors.AlreadyPrepared from error
        raise


@transaction.atomic
def take_back_decision(*, decision: Decision, by: User) -> None:
    locked = lock(decision.proposal)
    refuse_decider(by, locked)
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
    locked = lock(decision.proposal)
    refuse_decider(by, locked)
    prepared = Decision.objects.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if prepared is None:  # taken back, or the proposal was withdrawn
        raise errors.NotAllowed(locked.state, State(decision.verdict))
    if prepared.released_at:
        raise errors.AlreadyReleased
    prepared.released_at, prepared.released_by = now, by
    prepared.save(update_fields=["released_at", "released_by"])
    to = State(prepared.verdict)
    locked = move(proposal=locked, to=to, mover=Mover.DECIDER, by=by, why=prepared.reasons, now=now)
    if to == State.ACCEPTED:
        locked.activity = make_activity(locked, prepared, by=by, now=now)
        locked.save(update_fields=["activity"])
    for person in letters.proposers(locked):
        letters.decided(locked, prepared, person, now=now)
    return prepared


@transaction.atomic
def ask_for_changes(*, proposal: Proposal, what: str, by: User, now: datetime | None = None) -> Proposal:
    """“Please change this”: the proposers write again, and what they send comes back as a new revision.

    A decision that was prepared falls away. Raises NotYours, NoReasons, NotAllowed.
    """
    locked = lock(proposal)
    refuse_decider(by, locked)
    if not what.strip():
        raise errors.NoReasons
    now = now or timezone.now()
    locked = move(
        proposal=locked, to=State.CHANGES_ASKED, mover=Mover.DECIDER, by=by, why=what.strip(), now=now
    )
    locked.decisions.filter(released_at=None).delete()
    for person in letters.proposers(locked):
        letters.changes_asked(locked, person, what=what.strip(), now=now)
    return locked


def refuse_decider(by: User, locked: Proposal) -> None:
    """Who decides is not who proposes, and has no interest in it."""
    if not readers.decides(by) or not readers.readable_by(by).filter(pk=locked.pk).exists():
        raise errors.NotYours
