"""To whom of a session one may write by what is noted of them: who was there, and who was not."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Session
from messaging.groups import Group, can_be_written_to
from registrations.models import Registration

from .models import Attendance


def was_present(session: Session) -> Q:
    """At one of its meetings at least."""
    there = Attendance.objects.present().filter(registration=OuterRef("pk"), meeting__session=session)
    return Q(Exists(there))


def was_not_noted(session: Session) -> Q:
    return Q(state=Registration.State.CONFIRMED) & ~was_present(session)


def has_begun(session: Session, now: datetime) -> bool:
    """Attendance is noted at meetings, so of what is self-paced nothing is known."""
    return not session.self_paced and session.starts_at <= now


def add_groups() -> None:
    can_be_written_to(Group("present", _("people noted as present at a meeting"), was_present, has_begun))
    can_be_written_to(
        Group("not_present", _("people with a place, noted as present at none"), was_not_noted, has_begun)
    )
