"""Sessions of mine that run at the same time. Pointed out, never forbidden."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from accounts.models import User
from catalog.models import Meeting, Session

from .models import RegistrationQuerySet


def clashes(session: Session, person: User, now: datetime) -> RegistrationQuerySet:
    """The person's other standing registrations of which a meeting overlaps with one of this session's.

    Back to back is no clash. A self-paced course has no meetings, so it never clashes.
    """
    overlapping = Meeting.objects.filter(
        session=session, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    clashing = Meeting.objects.filter(Exists(overlapping), session=OuterRef("session"), ends_at__gt=now)
    return (
        person.registrations.standing()
        .filter(Exists(clashing))
        .exclude(session=session)
        .select_related("session__activity__host")
        .order_by("session__starts_at")
    )
