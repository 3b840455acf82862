from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import give_consent, withdraw_consent
from accounts.models import Consent, User

from ..consent import consent_wording
from ..models import Registration
from . import lock


@transaction.atomic
def agree(*, registration: Registration, by: User, now: datetime | None = None) -> Registration:
    """The person whom staff registered by an e-mail address alone lets the host see who they are.

    Their own consent takes the place of what staff wrote down for them. Said again, or once it stands no more, nothing
    changes. Raises PermissionDenied for anybody else.
    """
    session = lock.lock_session(registration.session_id)
    registration = session.registrations.select_related("person").get(pk=registration.pk)
    if by != registration.person:
        raise PermissionDenied
    if registration.discloses or not registration.is_standing:
        return registration
    now = now or timezone.now()
    registration.discloses = True
    registration.save(update_fields=["discloses"])
    about = f"session {session.pk}"
    withdraw_consent(person=by, kind=Consent.Kind.REGISTRATION, about=about, by=by, now=now)
    give_consent(
        person=by,
        kind=Consent.Kind.REGISTRATION,
        about=about,
        wording=consent_wording(session),
        by=by,
        now=now,
    )
    return registration
