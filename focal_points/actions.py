"""Naming a focal point, and ending it: the only writers of these rows.

Each locks the person's row first, as `membership.actions` do: who ends it, and who is just confirming somebody by it, follow
each other.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import clock_words
from accounts.local_days import midnight
from accounts.models import Organization, User
from membership import actions as membership
from membership.models import GOOD_FOR

from . import errors
from .models import FocalPoint


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
        return FocalPoint.objects.create(
            person=person, organization=organization, since=now, until=until, named_by=by
        )
    standing.until, standing.named_by = until, by
    standing.save(update_fields=["until", "named_by"])
    return standing


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
    locked = FocalPoint.objects.select_related("person", "organization").get(pk=focal_point.pk)
    if locked.ended_at:
        raise errors.HasEnded(locked.get_end_display())
    write_end(locked, FocalPoint.End.STAFF, at=now, by=by)
    return locked


def write_end(locked: FocalPoint, why: FocalPoint.End, *, at: datetime, by: User | None = None) -> None:
    locked.ended_at, locked.end, locked.ended_by = at, why, by
    locked.save(update_fields=["ended_at", "end", "ended_by"])
