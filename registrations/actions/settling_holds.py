from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from catalog.models import Session

from .. import letters
from ..holding import who_has_the_place, whose_hold_is_over
from ..models import Registration, RegistrationQuerySet
from . import lock
from .bulk import change_in_bulk
from .occupancy import occupancy_of
from .promoting import promote_waiting


@transaction.atomic
def settle_holds(*, session: Session, now: datetime | None = None) -> int:
    """Give the places that are held to whoever is confirmed by now, and to all once the session is not for members; of the
    others whose time is over, put to the end of the line and tell them so; and let in who is next. Asked again, nothing
    changes. Answers of how many held places it decided.

    A claim that is being confirmed is waited for: nobody lapses whose city has spoken.
    """
    session = lock.lock_session(session.pk)
    now = now or timezone.now()
    if session.is_cancelled or now >= session.ends_at:
        return 0
    held = session.registrations.held().order_by("queued_at", "pk")
    lock.lock_people(held.values_list("person", flat=True))
    confirmed = with_session(who_has_the_place(held.select_related("person"), session, now), session)
    change_in_bulk(confirmed, state=Registration.State.CONFIRMED, confirmed_at=now)
    letters.confirmations(confirmed, now=now)
    over = with_session(whose_hold_is_over(held.select_related("person__organization"), now), session)
    end_of_line = occupancy_of(session, now).arrival(now) if over else now
    for place, registration in enumerate(over):
        arrival = end_of_line + timedelta(microseconds=place)
        change_in_bulk([registration], state=Registration.State.WAITING, queued_at=arrival)
    promote_waiting(session, now=now)
    still_waiting = session.registrations.waiting().filter(pk__in=[one.pk for one in over])
    letters.holds_lapsed(with_session(still_waiting.select_related("person__organization"), session), now=now)
    return len(confirmed) + len(over)


def with_session(registrations: RegistrationQuerySet, session: Session) -> list[Registration]:
    found = list(registrations)
    for registration in found:
        registration.session = session
    return found
