from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Session

from ..models import Registration
from . import lock
from .promoting import promote_waiting


@transaction.atomic
def change_places(
    *, session: Session, places: int | None, by: User, now: datetime | None = None
) -> list[Registration]:
    """Set how many places there are (None: no limit) and let in who waits. Answers who was let in.

    Fewer places than people confirmed throws nobody out: the session is then overbooked, and shown as such.
    """
    if places is not None and places < 0:
        raise ValueError("There cannot be fewer than no places.")
    session = lock.lock_session(session.pk)
    session.places = places
    session.save(update_fields=["places"])
    return promote_waiting(session, now=now or timezone.now())
