from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions import withdraw_consent
from accounts.models import Consent, User
from desk.audit import note as write_down

from .. import errors, letters
from ..models import Registration
from . import lock
from .promoting import promote_waiting


@transaction.atomic
def cancel(
    *,
    registration: Registration,
    by: User,
    reason: Mapping[str, str] | None = None,
    now: datetime | None = None,
    tell: bool = True,
) -> Registration:
    """Give the place (or the place in the waiting list) back; the next in line is let in in the same breath.

    `reason` has texts by language, for the person’s letter and for the history. Asked again, it answers the same and writes
    nothing. Without `tell` the person is not written to: who was never told of a place need not hear that it is gone. Raises
    TooLateToCancel once the session is over.
    """
    session = lock.lock_session(registration.session_id)
    now = now or timezone.now()
    registration = session.registrations.select_related("person__organization").get(pk=registration.pk)
    registration.session = session
    if not registration.is_standing:
        return registration
    if now >= session.ends_at:
        raise errors.TooLateToCancel(session)
    was_confirmed, was_held = registration.is_confirmed, registration.is_held
    why = Registration.CancelledFor.PERSON if by == registration.person else Registration.CancelledFor.STAFF
    end(registration, why=why, by=by, now=now)
    if (
        by == registration.person
    ):  # as easily as it was given (GDPR Art. 7(3)), and nobody does it for another
        withdraw_consent(
            person=by,
            kind=Consent.Kind.REGISTRATION,
            about=f"session {session.pk}",
            by=by,
            now=now,
        )
    if reason:
        write_down(registration, by=by, done="cancelled by staff", why=next(iter(reason.values())))
    if tell:
        letters.cancellation(
            registration, was_confirmed=was_confirmed, was_held=was_held, reasons=reason or {}, now=now
        )
    promote_waiting(session, now=now)
    return registration


def end(
    registration: Registration, *, why: Registration.CancelledFor, by: User | None, now: datetime
) -> None:
    """Write that the registration stands no more."""
    registration.state = Registration.State.CANCELLED
    registration.cancelled_at = now
    registration.cancelled_by = by
    registration.cancelled_for = why
    registration.sequence += 1
    registration.save(update_fields=["state", "cancelled_at", "cancelled_by", "cancelled_for", "sequence"])
