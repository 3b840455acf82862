"""What every change of one certificate asks first, under its session's lock."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from catalog.models import Session
from registrations.actions.lock import lock_session
from registrations.models import Registration

from .. import errors
from ..models import Certificate


@dataclass(frozen=True)
class Door:
    """A certificate as it is now, with its session and its person locked until the transaction ends: whoever is erased has
    no session locked that is over. `now` is taken after the locks."""

    certificate: Certificate
    session: Session
    now: datetime


def lock_certificate(
    certificate: Certificate, now: datetime | None, *, may_be_withdrawn: bool = False
) -> Door:
    """Raises NotCurrent where it was withdrawn or replaced, PersonWasErased."""
    session = lock_session(certificate.registration.session_id)
    lock_person(certificate.registration)
    fresh = Certificate.objects.for_showing().get(pk=certificate.pk)
    fresh.registration.session = session
    if fresh.erased_at:
        raise errors.PersonWasErased
    if fresh.replaced_at or (fresh.withdrawn_at and not may_be_withdrawn):
        raise errors.NotCurrent
    return Door(fresh, session, now or timezone.now())


def lock_person(registration: Registration) -> User:
    """So that nobody is given anything while they are erased. Raises PersonWasErased."""
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=registration.person_id)
    if person.erased_at:
        raise errors.PersonWasErased
    return person


def next_edition(registration: Registration, kind: str) -> int:
    last = registration.certificates.filter(kind=kind).aggregate(last=Max("edition"))["last"]
    return (last or 0) + 1


def refuse_own(registration: Registration, by: User) -> None:
    """Raises OwnCertificate where somebody would give it to themself."""
    if registration.person.that_stands == by:
        raise errors.OwnCertificate


def reason(why: str) -> str:
    """Raises ReasonMissing where it says nothing."""
    if not why.strip():
        raise errors.ReasonMissing
    return why.strip()
