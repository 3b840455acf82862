"""A round: everybody of a session who met the rule is given the certificate, and what does not hold any more is doubted."""

from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Session
from registrations.actions.lock import lock_people, lock_session

from .. import errors, letters
from ..facts import Facts, country_of, facts_of, translated
from ..models import Certificate, Nameless, Round
from ..models.signatory import Signatory
from ..outcomes import Outcome, What, all_lists_closed, name_of, outcomes, signs_for

# Of so many people at once: the session is locked no longer, and so much is done again should the worker be killed.
AT_ONCE = 200


def issue(*, session: Session, by: User | None = None, now: datetime | None = None) -> Round:
    """Issue what the rule says, with a letter to each. Done again, nobody gets a second one.

    A few people at a time, each part in a transaction of its own: what was issued stays if a later part fails, and the next
    round goes on. Raises ListsAreOpen, NoRule, NoHost, NoSignatory.
    """
    last, issued, doubted, began, rule = 0, 0, 0, None, None
    while True:
        with transaction.atomic():
            locked = lock_session(session.pk)
            moment = now or timezone.now()
            if began is None:
                began, rule = moment, locked.activity.rule
            part = part_of(locked, after=last, now=moment)
            issued += give(part, locked, by=by, now=moment)
            doubted += doubt(part, now=moment)
            if len(part) < AT_ONCE:
                return Round.objects.create(
                    session=locked,
                    at=began,
                    by=by,
                    issued=issued,
                    doubted=doubted,
                    rule=rule and asdict(rule),
                )
            last = part[-1].registration.pk


def part_of(session: Session, *, after: int, now: datetime) -> list[Outcome]:
    found = outcomes(session, after=after, at_most=AT_ONCE)
    if not all_lists_closed(session):
        raise errors.ListsAreOpen
    return found


def give(part: list[Outcome], session: Session, *, by: User | None, now: datetime) -> int:
    signatory = signs_for(session, now)
    rule = session.activity.rule
    assert rule is not None  # outcomes() asked
    common = facts_of(session, kind=rule.certificate, signatory=signed(signatory))
    new = [
        Certificate(
            registration=outcome.registration,
            kind=rule.certificate,
            facts=personal(common, outcome).as_json(),
            signature=signatory.signature,
            language=outcome.registration.person.language,
            issued_at=now,
            issued_by=by,
        )
        for outcome in with_people_locked(part)
        if outcome.what == What.ISSUE
    ]
    Certificate.objects.bulk_create(new)
    letters.issued(new, now=now)
    remember_nameless(part)
    return len(new)


def with_people_locked(part: list[Outcome]) -> list[Outcome]:
    """Those to whom something is issued, as they are now: who was erased since they were read is not among them."""
    new = [outcome for outcome in part if outcome.what == What.ISSUE]
    people = lock_people({outcome.registration.person_id for outcome in new})
    found = [outcome for outcome in new if outcome.registration.person_id in people]
    for outcome in found:
        outcome.registration.person = people[outcome.registration.person_id]
    return found


def personal(common: Facts, outcome: Outcome) -> Facts:
    person = outcome.registration.person
    return replace(common, name=name_of(outcome.registration), country=country_of(person))


def remember_nameless(part: list[Outcome]) -> None:
    """Who gets it once they have said a name, or have agreed: the worker looks again then (due.py)."""
    nameless = [outcome.registration for outcome in part if outcome.what == What.NO_NAME]
    looked_at = Nameless.objects.filter(registration__in=[outcome.registration for outcome in part])
    looked_at.exclude(registration__in=nameless).delete()
    Nameless.objects.bulk_create([Nameless(registration=one) for one in nameless], ignore_conflicts=True)


def signed(signatory: Signatory) -> dict[str, object]:
    return {"name": signatory.name, "posts": translated(signatory, "post")}


def doubt(part: list[Outcome], *, now: datetime) -> int:
    """Put on the desk what does not meet the rule any more; take off what does again. Answers how many are new there."""
    rows = Certificate.objects.filter(pk__in=[one.certificate.pk for one in part if one.certificate])
    against = [one.certificate.pk for one in part if one.certificate and one.what == What.DOUBT]
    holding = [one.certificate.pk for one in part if one.certificate and one.what == What.HAS]
    rows.filter(pk__in=holding, doubted_at__isnull=False).update(
        doubted_at=None, kept_at=None, kept_by=None, why_kept=""
    )
    return rows.filter(pk__in=against, doubted_at=None).update(doubted_at=now)
