"""Other rooms follow a session that is moved or cancelled: in the same transaction, told what changed."""

from datetime import timedelta

import pytest

from outbox.models import Letter
from registrations import actions, session_changes
from registrations.models import Registration
from registrations.session_changes import Cancellation, Move
from tests import cast

pytestmark = pytest.mark.django_db


class Follower:
    """A room above this one, which writes two letters whatever happens."""

    def __init__(self) -> None:
        self.changes: list[Move | Cancellation] = []

    def follow(self, change: Move | Cancellation) -> int:
        self.changes.append(change)
        return 2


@pytest.fixture
def follower(monkeypatch) -> Follower:
    monkeypatch.setattr(session_changes, "_rooms", list(session_changes._rooms))
    room = Follower()
    session_changes.when_session_changes(moved=room.follow, cancelled=room.follow, covers=[Letter])
    return room


def test_a_room_is_told_of_a_move_with_what_changed(follower):
    session, staff = cast.session(), cast.secretary()
    cast.register(session)
    later = session.starts_at + timedelta(days=1)
    letters = actions.reschedule(
        session=session, starts_at=later, by=staff, reason={"en": "Rain", "fr": "Pluie"}
    )
    (move,) = follower.changes
    assert letters == 1 + 2
    assert (move.before.starts_at, move.session.starts_at) == (session.starts_at, later)
    assert (move.moved, move.new_place, move.by) == (True, False, staff)
    assert move.reasons == {"en": "Rain", "fr": "Pluie"}
    assert move.changes


def test_a_room_is_told_of_a_cancellation_once(follower):
    session, staff = cast.session(), cast.secretary()
    assert actions.cancel_session(session=session, reason="Rain", by=staff) == 2
    assert actions.cancel_session(session=session, reason="Rain", by=staff) == 0
    (cancellation,) = follower.changes
    assert cancellation.session.cancelled_at == cancellation.now
    assert cancellation.by == staff


def test_what_nobody_is_told_no_room_is_told(follower):
    """A translation that is filled in moves nobody."""
    session = cast.session(venue="City Hall")
    cast.register(session)
    venue = {"en": "City Hall", "fr": "Mairie"}
    assert actions.reschedule(session=session, venue=venue, by=cast.secretary()) == 0
    assert follower.changes == []


def put_off(session, by):
    actions.reschedule(session=session, starts_at=session.starts_at + timedelta(days=1), by=by)


def call_off(session, by):
    actions.cancel_session(session=session, reason="Rain", by=by)


@pytest.mark.parametrize("change", [put_off, call_off])
def test_a_room_that_fails_leaves_the_session_as_it_was(follower, monkeypatch, change):
    session, staff = cast.session(), cast.secretary()
    registration = cast.register(session)
    starts_at, letters = session.starts_at, Letter.objects.count()

    def broken(_change):
        raise RuntimeError("no room")

    session_changes.when_session_changes(moved=broken, cancelled=broken, covers=[])
    with pytest.raises(RuntimeError, match="no room"):
        change(session, staff)
    session.refresh_from_db()
    registration.refresh_from_db()
    assert (session.starts_at, session.is_cancelled) == (starts_at, False)
    assert registration.state == Registration.State.CONFIRMED
    assert Letter.objects.count() == letters
