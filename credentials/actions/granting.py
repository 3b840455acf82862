from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from attendance.models import Attendance
from catalog.certificate_rule import Certificate as Kind
from catalog.models import Session
from registrations.actions.lock import lock_session
from registrations.models import Registration

from .. import errors, letters
from ..facts import country_of, facts_of
from ..models import Certificate
from ..outcomes import name_of, signs_for
from .doors import lock_person, next_edition, reason, refuse_own
from .issuing import signed


@transaction.atomic
def grant(
    *, registration: Registration, kind: Kind, why: str, by: User, now: datetime | None = None
) -> Certificate:
    """Give a certificate whatever the rule says. The reason stands on it, for everybody to read. Nobody grants one to
    themself.

    Raises ReasonMissing, OwnCertificate, NotOverYet, WasNotThere, HasOne, NameMissing, NoHost, NoSignatory, PersonWasErased.
    """
    why = reason(why)
    refuse_own(registration, by)
    session = lock_session(registration.session_id)
    now = now or timezone.now()
    person = lock_person(registration)
    registration = Registration.objects.get(pk=registration.pk)
    registration.session, registration.person = session, person
    refuse_early(session, now)
    if not was_there(registration) and (session.is_cancelled or not registration.is_confirmed):
        raise errors.WasNotThere
    if registration.certificates.current().filter(kind=kind).exists():
        raise errors.HasOne
    if not name_of(registration):
        raise errors.NameMissing
    signatory = signs_for(session, now)
    facts = replace(
        facts_of(session, kind=kind, signatory=signed(signatory)),
        name=name_of(registration),
        country=country_of(person),
        granted=why,
    )
    certificate = Certificate.objects.create(
        registration=registration,
        kind=kind,
        edition=next_edition(registration, kind),
        facts=facts.as_json(),
        signature=signatory.signature,
        language=person.language,
        issued_at=now,
        issued_by=by,
    )
    letters.issued([certificate], now=now)
    return certificate


def refuse_early(session: Session, now: datetime) -> None:
    """Nothing is certified that has not happened. What is learned at one's own pace may be done any day of its window."""
    happens = session.starts_at if session.self_paced else session.ends_at
    if now < happens and not session.is_cancelled:
        raise errors.NotOverYet


def was_there(registration: Registration) -> bool:
    return Attendance.objects.present().filter(registration=registration).exists()
