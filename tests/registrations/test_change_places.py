from datetime import timedelta

import pytest

from outbox.models import Letter
from registrations import actions
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    """Two places, two people confirmed and three waiting."""
    session = cast.session(places=2)
    return session, [cast.register(session) for _i in range(5)]


def states(registrations) -> list[str]:
    for registration in registrations:
        registration.refresh_from_db()
    return [registration.state for registration in registrations]


def test_more_places_let_in_the_first_in_line(full):
    session, registrations = full
    let_in = actions.change_places(session=session, places=4, by=cast.secretary())
    assert let_in == registrations[2:4]
    assert states(registrations) == ["confirmed"] * 4 + ["waiting"]
    session.refresh_from_db()
    assert (session.places, session.places_taken, session.waiting_count) == (4, 4, 1)
    assert Letter.objects.filter(kind="promotion").count() == 2


def test_no_limit_lets_everybody_in(full):
    session, registrations = full
    assert actions.change_places(session=session, places=None, by=cast.secretary()) == registrations[2:]
    assert states(registrations) == ["confirmed"] * 5


def test_fewer_places_throw_nobody_out_and_let_nobody_in(full):
    session, registrations = full
    assert actions.change_places(session=session, places=1, by=cast.secretary()) == []
    assert states(registrations) == ["confirmed"] * 2 + ["waiting"] * 3
    session.refresh_from_db()
    assert session.is_overbooked
    actions.cancel(registration=registrations[0], by=registrations[0].person)
    assert states(registrations) == ["cancelled", "confirmed"] + ["waiting"] * 3


def test_more_places_let_nobody_in_once_the_session_started(full):
    session, registrations = full
    now = session.starts_at + timedelta(minutes=1)
    assert actions.change_places(session=session, places=5, by=cast.secretary(), now=now) == []
    assert states(registrations) == ["confirmed"] * 2 + ["waiting"] * 3


def test_there_are_no_fewer_than_no_places(full):
    with pytest.raises(ValueError, match="fewer than no places"):
        actions.change_places(session=full[0], places=-1, by=cast.secretary())
