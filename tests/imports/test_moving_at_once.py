"""People are moved both ways at once, while others register: nobody waits in a circle, and no seat is given twice."""

import pytest

from imports.actions import move
from registrations import actions
from tests import cast
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_moved_both_ways_while_others_register():
    one, other, staff = cast.session(places=5), cast.session(places=5), cast.secretary()
    here, there = ([cast.register(session) for _ in range(5)] for session in (one, other))
    crowd = cast.people(6)

    def moving(registration, to):
        return lambda: move(registration=registration, to=to, by=staff, reason={})

    calls = [moving(registration, other) for registration in here]
    calls += [moving(registration, one) for registration in there]
    calls += [lambda p=person: actions.register(session=one, person=p, by=p) for person in crowd]
    at_once(calls, threads=8)
    assert one.registrations.standing().count() == 11
    assert other.registrations.standing().count() == 5
    for session in (one, other):
        session.refresh_from_db()
        assert session.registrations.confirmed().count() == session.places_taken <= 5
        assert session.registrations.waiting().count() == session.waiting_count
