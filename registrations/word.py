"""What follows for places when it is confirmed that somebody acts for an organization."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from . import actions
from .holding import sessions_to_settle


def place_for(person: User) -> None:
    """At once, and not in the minute that the clock takes. Once it is written: a session is locked before people."""
    transaction.on_commit(lambda: give(person), robust=True)


def give(person: User) -> None:
    for session in sessions_to_settle(timezone.now()).filter(registrations__person=person):
        actions.settle_holds(session=session)
