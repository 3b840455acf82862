"""What follows for questions when a session is moved or cancelled.

A meeting keeps its row when it moves, and its questions with it: until when they are asked follows its hours. One at which
something was asked cannot be dropped (`catalog.errors.MeetingIsOnRecord`). Of a session that is cancelled nothing more is
asked at the meetings to come; what was asked can be taken back.
"""

from catalog.models import Session
from registrations.session_changes import Cancellation, Move

from . import versions


def moved(move: Move) -> int:
    tell_pages(move.session)
    return 0


def cancelled(cancellation: Cancellation) -> int:
    tell_pages(cancellation.session)
    return 0


def tell_pages(session: Session) -> None:
    for meeting in session.meetings.all():
        versions.changed(meeting)
