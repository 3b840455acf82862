"""What becomes of a person's registrations when they are erased: those to come end, past ones stay without their notes."""

from datetime import datetime

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Lower

from accounts.forgetting import ChangedMeanwhile, End, emails_of
from accounts.models import User
from catalog.models import Session

from .actions import lock
from .actions.cancelling import end
from .actions.promoting import promote_waiting
from .models import Invitation, Registration


def give_up_places(person: User, now: datetime) -> End:
    """Locks the sessions to come. Once the person is locked their registrations end; who registered them meanwhile for one
    more has it begin anew."""
    coming = person.registrations.standing().filter(session__ends_at__gt=now)
    sessions = [lock.lock_session(pk) for pk in coming.order_by("session").values_list("session", flat=True)]

    def leave_all(person: User, by: User, now: datetime) -> None:
        if coming.exclude(session__in=sessions).exists():
            raise ChangedMeanwhile
        for session in sessions:
            leave(session, person, by=by, now=now)

    return leave_all


def leave(session: Session, person: User, *, by: User, now: datetime) -> None:
    """Cancel without a letter: there will be nobody to write to."""
    registration = session.registrations.get(person=person)
    if registration.is_standing:
        end(registration, why=Registration.CancelledFor.ERASURE, by=None if by == person else by, now=now)
        promote_waiting(session, now=now)


def forget_person(person: User, now: datetime) -> None:
    """Counts are made from the rows that stay, so only what the person wrote goes, and invitations, which are e-mails."""
    Invitation.objects.annotate(lower=Lower("email")).filter(lower__in=emails_of(person)).delete()
    person.registrations.update(note="")
    notes = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Registration),
        object_id__in=person.registrations.values("pk"),
        changes__has_key="note",
    )
    for entry in notes:
        entry.changes.pop("note")
        entry.save(update_fields=["changes"])
