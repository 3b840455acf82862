"""What becomes of the registrations of a session that is moved or cancelled, and who is written to."""

from .. import letters
from ..holding import last_moment
from ..models import Registration
from ..session_changes import Cancellation, Move
from .bulk import change_in_bulk
from .occupancy import store_counts
from .promoting import promote_waiting
from .settling_holds import settle_holds


def follow_move(move: Move) -> int:
    """Write to everybody who stands. A new joining link alone is told to those who may have seen the old one."""
    last = last_moment(move.session)
    longer = list(move.session.registrations.held().filter(hold_until__gt=last))
    change_in_bulk(longer, hold_until=last)
    if longer and last <= move.now:  # whose place cannot be held any more are told where they stand now
        settle_holds(session=move.session, now=move.now)
    standing = list(move.session.registrations.standing().select_related("person"))
    if not (move.moved or move.new_place):
        standing = [registration for registration in standing if registration.is_confirmed]
    for registration in standing:
        registration.session = move.session
    letters.session_changed(
        standing,
        before=move.before,
        changes=move.changes,
        moved=move.moved,
        new_place=move.new_place,
        reasons=move.reasons,
        now=move.now,
    )
    # A session that had started takes people in again when it lies ahead again.
    promote_waiting(move.session, now=move.now)
    return len(standing)


def follow_cancellation(cancellation: Cancellation) -> int:
    """End every registration, and write to everybody who stood."""
    session, now = cancellation.session, cancellation.now
    standing = list(session.registrations.standing().select_related("person"))
    for registration in standing:
        registration.session = session
    confirmed = [registration for registration in standing if registration.is_confirmed]
    others = [registration for registration in standing if not registration.is_confirmed]
    change_in_bulk(
        standing,
        state=Registration.State.CANCELLED,
        cancelled_at=now,
        cancelled_by=cancellation.by,
        cancelled_for=Registration.CancelledFor.SESSION,
    )
    letters.session_cancelled(confirmed, had_places=True, now=now)
    letters.session_cancelled(others, had_places=False, now=now)
    store_counts(session, taken=0, waiting=0)
    return len(standing)
