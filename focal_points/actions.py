"""Naming a focal point and ending it, and the word of one: confirming people of their organization, or not.

Each locks the person's row first, as `membership.actions` do: who ends it, and who is just confirming somebody by it, follow
each other.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import clock_words
from accounts.local_days import midnight
from accounts.models import Organization, User
from membership import actions as membership
from membership.models import GOOD_FOR, Claim
from merging.parts import lock_rows

from . import errors, letters
from .models import FocalPoint
from .standing import is_focal_point


@transaction.atomic
def name(
    *, person: User, organization: Organization, last_day: date, by: User, now: datetime | None = None
) -> FocalPoint:
    """The person speaks for the organization until the end of `last_day` on its clocks. Who names them says thereby that
    they are of it. Named again, they have another term.

    Raises NotHere, NotYourself, TermIsOver, TermTooLong.
    """
    membership.lock_person(person.pk)
    now = now or timezone.now()
    person.refresh_from_db(fields=["erased_at", "merged_into", "is_active"])
    if person.erased_at or person.merged_into_id or not person.is_active:
        raise errors.NotHere
    if person.pk == by.pk:
        raise errors.NotYourself
    until = end_of_term(last_day, organization, now)
    membership.vouch(person=person, organization=organization, by=by, now=now)
    standing = FocalPoint.objects.standing().filter(person=person, organization=organization).first()
    if standing is not None and standing.until <= now:
        write_end(standing, FocalPoint.End.TERM, at=standing.until)
        standing = None
    if standing is None:
        standing = FocalPoint(person=person, organization=organization, since=now)
    elif standing.until == until:
        return standing  # pressed twice
    standing.until, standing.named_by = until, by
    standing.save()
    written = with_names(standing.pk)
    letters.named(written, now=now)
    return written


def last_day_at_most(organization: Organization, now: datetime) -> date:
    """What was said of somebody counts for two years, so no term lasts longer."""
    return (now + GOOD_FOR).astimezone(organization.zone).date() - timedelta(days=1)


def end_of_term(last_day: date, organization: Organization, now: datetime) -> datetime:
    until = midnight(last_day + timedelta(days=1), organization.timezone)
    if until <= now:
        raise errors.TermIsOver
    if until > now + GOOD_FOR:
        raise errors.TermTooLong(clock_words.day(last_day_at_most(organization, now)))
    return until


@transaction.atomic
def end(*, focal_point: FocalPoint, by: User, now: datetime | None = None) -> FocalPoint:
    """From this moment they speak for the organization no longer. That they are of it stays. Raises HasEnded."""
    membership.lock_person(focal_point.person_id)
    now = now or timezone.now()
    locked = with_names(focal_point.pk)
    if locked.ended_at:
        raise errors.HasEnded(locked.get_end_display())
    write_end(locked, FocalPoint.End.STAFF, at=now, by=by)
    letters.ended(locked, now=now)
    return locked


def with_names(pk: int) -> FocalPoint:
    """Fetched anew: an organization that was shown to somebody knows its name in their language."""
    return FocalPoint.objects.select_related("person", "organization").get(pk=pk)


def write_end(locked: FocalPoint, why: FocalPoint.End, *, at: datetime, by: User | None = None) -> None:
    locked.ended_at, locked.end, locked.ended_by = at, why, by
    locked.save(update_fields=["ended_at", "end", "ended_by"])


@transaction.atomic
def confirm(*, claim: Claim, by: User, now: datetime | None = None) -> Claim:
    """The city's word that somebody is of it. Raises NoLongerFocalPoint, and what `membership.actions.confirm` does."""
    now = now_that_they_speak(claim, by, now)
    return membership.confirm(claim=claim, ground=Claim.Ground.FOCAL_POINT, by=by, now=now)


@transaction.atomic
def refuse(*, claim: Claim, by: User, now: datetime | None = None) -> Claim:
    """The city's word that it does not know somebody. Who was confirmed a moment before stays so: two of its people are of
    two minds, and the secretariat hears both.

    Raises NoLongerFocalPoint, ConfirmedMeanwhile, and what `membership.actions.refuse` does.
    """
    now = now_that_they_speak(claim, by, now)
    if Claim.objects.confirmed(now).filter(pk=claim.pk).exists() and claim.person_id != by.pk:
        raise errors.ConfirmedMeanwhile
    return membership.refuse(claim=claim, by=by, now=now)


def lock_people(*people: int) -> None:
    """In one order, whoever of them confirms whom."""
    lock_rows(User.objects.filter(pk__in=people))


def now_that_they_speak(claim: Claim, by: User, now: datetime | None) -> datetime:
    """The moment at which `by` is, for sure, a focal point of the claim's organization: until the end of the transaction
    nobody can end it."""
    lock_people(claim.person_id, by.pk)
    now = now or timezone.now()
    claim.refresh_from_db(fields=["organization"])
    if not is_focal_point(by, claim.organization, now):
        raise errors.NoLongerFocalPoint
    return now


def look_after(*, now: datetime) -> int:
    """Whose term is over, and who is no longer of the organization, is told that they are no focal point any more. Nobody
    waits for it: they see nothing from the moment itself. Answers how many."""
    of_it = Claim.objects.standing().filter(person=OuterRef("person"), organization=OuterRef("organization"))
    over = FocalPoint.objects.standing().filter(Q(until__lte=now) | ~Exists(of_it)).order_by("pk")
    return sum(end_by_itself(pk, person, now) for pk, person in over.values_list("pk", "person"))


@transaction.atomic
def end_by_itself(pk: int, person: int, now: datetime) -> bool:
    membership.lock_person(person)
    locked = FocalPoint.objects.standing().select_related("person", "organization").filter(pk=pk).first()
    if locked is None:
        return False
    if locked.until <= now:
        write_end(locked, FocalPoint.End.TERM, at=locked.until)
    elif Claim.objects.standing().filter(person=person, organization=locked.organization_id).exists():
        return False
    else:
        write_end(locked, FocalPoint.End.CLAIM, at=now)
    letters.ended(locked, now=now)
    return True
