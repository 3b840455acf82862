from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions import withdraw_consent
from accounts.models import Consent, User

from ..models import Registration
from . import lock
from .promoting import promote_waiting


@transaction.atomic
def unmake(*, registration: Registration, by: User, now: datetime | None = None) -> None:
    """Take a registration away as if it had never been, and let in the next in line: of somebody who was entered by mistake
    and told nothing. Raises ProtectedError where anything hangs on it."""
    session = lock.lock_session(registration.session_id)
    now = now or timezone.now()
    withdraw_consent(
        person=registration.person,
        kind=Consent.Kind.REGISTRATION,
        about=f"session {session.pk}",
        by=by,
        now=now,
    )
    registration.delete()
    promote_waiting(session, now=now)
