"""Sessions of mine that run at the same time. Pointed out, never forbidden."""

from datetime import datetime

from accounts.models import User
from catalog.models import Meeting, Session

from .models import Registration, RegistrationQuerySet


def clashes(session: Session, person: User, now: datetime) -> RegistrationQuerySet:
    """The person's other standing registrations of which a meeting overlaps with one of this session's.

    Back to back is no clash. A self-paced course has no meetings, so it never clashes.
    """
    mine = Meeting.objects.filter(
        session__registrations__person=person,
        session__registrations__state__in=[Registration.State.CONFIRMED, Registration.State.WAITING],
        session__cancelled_at__isnull=True,
        ends_at__gt=now,
    ).exclude(session=session)
    overlapping = [
        meeting.session_id
        for meeting in mine.only("session_id", "starts_at", "ends_at")
        if any(
            meeting.starts_at < other.ends_at and other.starts_at < meeting.ends_at
            for other in session.meetings.all()
        )
    ]
    return (
        person.registrations.standing()
        .filter(session__in=overlapping)
        .select_related("session__activity__host")
        .order_by("session__starts_at")
    )
