"""Who takes part in what is said around a meeting: those who have a place in its session, as for the joining link
(`registrations/joining.py`). Nothing else in this room asks for the state of a registration."""

from accounts.models import User
from catalog.models import Session
from registrations.models import Registration


def registration_of(person: User, session: Session) -> Registration | None:
    """Theirs, whatever its state: what somebody asked they may take back when the place is gone."""
    registration: Registration | None = session.registrations.filter(person=person).first()
    return registration


def has_place(registration: Registration) -> bool:
    return registration.is_confirmed


def has_place_now(registration: Registration) -> bool:
    """As the database says it."""
    now: Registration | None = Registration.objects.filter(pk=registration.pk).first()
    return now is not None and has_place(now)
