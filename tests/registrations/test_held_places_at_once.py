"""Held places while others move: real threads on PostgreSQL, and a twin without the lock."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Session
from membership import actions as membership
from membership.models import Claim
from outbox.models import Letter
from registrations import actions
from registrations.actions import lock, registering, settling_holds
from registrations.models import Registration
from registrations.states import WITH_PLACE
from tests import cast
from tests.at_once import at_once, hesitating, trying, without_the_lock

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = 20


def full_but_one() -> tuple[Session, list[Registration], list[Registration]]:
    """A session for members with two places held, one free and the others taken."""
    session = cast.session(places=PLACES, eligibility="members_only")
    held = [cast.register(session, person) for person in cast.people(2)]
    taken = [cast.register(session, cast.confirmed(person)) for person in cast.people(PLACES - 3)]
    return session, held, taken


def registering_of(session: Session, person) -> object:
    return trying(lambda: actions.register(session=session, person=person, by=person))


def cancelling(registration: Registration) -> object:
    return trying(lambda: actions.cancel(registration=registration, by=registration.person))


def everything_at_once() -> Session:
    """Holds lapse, places are given back, and people come, confirmed and claimed."""
    session, held, taken = full_but_one()
    Registration.objects.filter(pk__in=[one.pk for one in held]).update(hold_until=timezone.now())
    calls = [trying(lambda: actions.settle_holds(session=session))] * 4
    calls += [cancelling(one) for one in taken[:4]]
    calls += [registering_of(session, cast.confirmed(person)) for person in cast.people(10)]
    calls += [registering_of(session, person) for person in cast.people(6)]
    answers = at_once(calls)
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    return session


def test_a_hold_a_cancellation_and_registrations_at_once_make_no_place_too_many_and_lose_none():
    session = everything_at_once()
    rows = session.registrations
    assert rows.filter(state__in=WITH_PLACE).count() == PLACES
    assert rows.held().count() <= 2
    session.refresh_from_db()
    assert session.places_taken == PLACES
    assert session.waiting_count == rows.waiting().count()
    assert Letter.objects.filter(kind="hold_lapsed").values("about").distinct().count() == 2


def test_of_the_twin_without_the_lock_places_are_given_twice(monkeypatch):
    monkeypatch.setattr(lock, "lock_session", without_the_lock)
    monkeypatch.setattr(registering, "occupancy_of", hesitating(registering.occupancy_of))
    session, _held, _taken = full_but_one()
    at_once(registering_of(session, cast.confirmed(person)) for person in cast.people(16))
    assert session.registrations.filter(state__in=WITH_PLACE).count() > PLACES


def lapsing_while_confirmed(monkeypatch) -> Registration:
    session = cast.session(places=PLACES, eligibility="members_only")
    registration = cast.register(session, cast.people(1)[0])
    Registration.objects.update(hold_until=timezone.now())
    claim, staff = Claim.objects.get(), cast.secretary()
    monkeypatch.setattr(membership, "write", hesitating(membership.write, seconds=0.3))
    lapse = settling_holds.lock.lock_people

    def a_moment_later(numbers):
        time.sleep(0.1)
        return lapse(numbers)

    monkeypatch.setattr(settling_holds.lock, "lock_people", a_moment_later)
    at_once(
        [
            trying(lambda: membership.confirm(claim=claim, ground=Claim.Ground.STAFF, by=staff)),
            trying(lambda: actions.settle_holds(session=session)),
        ]
    )
    registration.refresh_from_db()
    return registration


def test_whose_city_is_speaking_does_not_lapse(monkeypatch):
    registration = lapsing_while_confirmed(monkeypatch)
    assert registration.is_confirmed
    assert not Letter.objects.filter(kind="hold_lapsed").exists()


def test_the_twin_that_does_not_wait_for_the_person_lets_the_place_lapse(monkeypatch):
    monkeypatch.setattr(lock, "lock_people", lambda numbers: {})
    lapsing_while_confirmed(monkeypatch)
    assert Letter.objects.filter(kind="hold_lapsed").exists()


def test_a_minute_of_the_clock_and_the_confirming_write_one_letter():
    session = cast.session(places=PLACES, eligibility="members_only")
    registration = cast.register(session, cast.people(1)[0])
    person = registration.person
    Claim.objects.update(
        confirmed_at=timezone.now(),
        confirmed_until=timezone.now() + timedelta(days=1),
        ground=Claim.Ground.STAFF,
        email=person.email,
    )
    at_once([trying(lambda: actions.settle_holds(session=session))] * 8)
    assert Letter.objects.filter(kind="confirmation").count() == 1
