"""Promise 1: never one seat too many, never one lost. Real threads, each with its own connection to PostgreSQL."""

import threading

import pytest
from django.utils import timezone

from accounts import erasing
from outbox.models import Letter
from registrations import actions
from registrations.actions import lock, registering
from registrations.errors import Refused
from registrations.models import Registration
from tests import cast
from tests.at_once import at_once, hesitating, without_the_lock
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def signing_up(session, person):
    return lambda: actions.register(session=session, person=person, by=person)


def cancelling(registration, by=None):
    return lambda: actions.cancel(registration=registration, by=by or registration.person)


def assert_in_order_of_arrival(session) -> None:
    """Everyone confirmed came before everyone waiting, and no two share a moment."""
    arrivals = list(session.registrations.standing().order_by("queued_at").values_list("queued_at", "state"))
    states = [state for _moment, state in arrivals]
    confirmed = states.count("confirmed")
    assert states == ["confirmed"] * confirmed + ["waiting"] * (len(states) - confirmed)
    assert len({moment for moment, _state in arrivals}) == len(arrivals)


def assert_counts_are_kept(session) -> None:
    session.refresh_from_db()
    assert session.places_taken == session.registrations.confirmed().count()
    assert session.waiting_count == session.registrations.waiting().count()


def test_eighty_people_meet_forty_places_and_then_fifteen_leave_while_fifteen_arrive():
    session = cast.session(places=40)
    crowd = cast.people(80)

    at_once(signing_up(session, person) for person in crowd)

    assert session.registrations.confirmed().count() == 40
    assert session.registrations.waiting().count() == 40
    assert set(session.registrations.values_list("person", flat=True)) == {person.pk for person in crowd}
    assert_in_order_of_arrival(session)
    assert_counts_are_kept(session)
    letters = list(Letter.objects.values_list("person", "kind"))
    assert len(letters) == 80
    assert {person for person, _kind in letters} == {person.pk for person in crowd}
    assert [kind for _person, kind in letters].count("confirmation") == 40

    first_in_line = list(session.registrations.waiting()[:15])
    leaving = list(session.registrations.confirmed().select_related("person")[:15])
    arriving = cast.people(15)
    calls = [cancelling(registration) for registration in leaving] + [
        signing_up(session, person) for person in arriving
    ]
    at_once(call for pair in zip(calls[:15], calls[15:], strict=True) for call in pair)

    assert session.registrations.confirmed().count() == 40
    assert session.registrations.waiting().count() == 40
    for registration in first_in_line:
        registration.refresh_from_db()
    assert [registration.state for registration in first_in_line] == ["confirmed"] * 15
    newcomers = session.registrations.filter(person__in=arriving)
    assert list(newcomers.values_list("state", flat=True)) == ["waiting"] * 15
    assert_in_order_of_arrival(session)
    assert_counts_are_kept(session)
    assert Letter.objects.filter(kind="promotion").count() == 15
    assert Letter.objects.filter(kind="cancellation").count() == 15


def test_the_same_crowd_without_the_lock_gets_too_many_places(monkeypatch):
    """The twin: if this one could not go wrong, it would not be the lock that protects the first."""
    monkeypatch.setattr(lock, "lock_session", without_the_lock)
    monkeypatch.setattr(registering, "occupancy_of", hesitating(registering.occupancy_of))
    session = cast.session(places=10)

    at_once(signing_up(session, person) for person in cast.people(32))

    assert session.registrations.confirmed().count() > 10


def test_the_crowd_hesitating_under_the_lock_gets_no_place_too_many(monkeypatch):
    """The same hesitation as in the twin, with the lock in its place."""
    monkeypatch.setattr(registering, "occupancy_of", hesitating(registering.occupancy_of))
    session = cast.session(places=5)

    at_once(signing_up(session, person) for person in cast.people(16))

    assert session.registrations.confirmed().count() == 5
    assert_in_order_of_arrival(session)


def test_one_person_clicking_eight_times_has_one_registration_and_one_letter():
    session, person = cast.session(), cast.person()

    answers = at_once([signing_up(session, person)] * 8, threads=8)

    assert len({registration.pk for registration in answers}) == 1
    assert session.registrations.count() == 1
    assert Letter.objects.count() == 1
    assert person.consents.count() == 1
    assert_counts_are_kept(session)


def test_of_two_who_reach_for_the_last_place_at_once_one_waits():
    session = cast.session(places=1)

    answers = at_once([signing_up(session, person) for person in cast.people(2)], threads=2)

    assert sorted(registration.state for registration in answers) == ["confirmed", "waiting"]
    assert_counts_are_kept(session)


def test_adding_places_while_others_cancel_lets_in_exactly_as_many_as_fit():
    session = cast.session(places=10)
    registrations = [cast.register(session, person) for person in cast.people(30)]
    staff = cast.secretary()

    at_once(
        [
            *[cancelling(registration) for registration in registrations[:5]],
            lambda: actions.change_places(session=session, places=15, by=staff),
        ]
    )

    assert session.registrations.confirmed().count() == 15
    assert session.registrations.waiting().count() == 10
    assert_in_order_of_arrival(session)
    assert_counts_are_kept(session)
    assert Letter.objects.filter(kind="promotion").count() == 10


def test_a_session_cancelled_while_people_register_leaves_nobody_standing():
    session = cast.session(places=10)
    crowd, staff = cast.people(24), cast.secretary()
    calls = [signing_up(session, person) for person in crowd]
    calls.insert(8, lambda: actions.cancel_session(session=session, reason="The speaker is ill.", by=staff))

    answers = at_once(calls)

    let_in = session.registrations.count()
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert let_in + len(refused) == 24
    assert session.registrations.standing().count() == 0
    # Whoever got in was told of it, and then of the end.
    assert Letter.objects.filter(kind="session_cancelled").count() == let_in
    assert Letter.objects.filter(kind__in=["confirmation", "waiting_list"]).count() == let_in
    assert_counts_are_kept(session)


def test_everyone_cancelling_at_once_leaves_an_empty_session():
    session = cast.session(places=5)
    registrations = [cast.register(session, person) for person in cast.people(20)]

    at_once(cancelling(registration) for registration in registrations)

    assert session.registrations.standing().count() == 0
    assert_counts_are_kept(session)


def test_an_account_erased_while_it_registers_elsewhere_keeps_no_registration():
    """Erasing locks sessions, then the person, as registering does; what slipped in between is found."""
    person, staff = cast.person(), cast.secretary()
    sessions = [cast.session(cast.activity()) for _i in range(6)]
    for session in sessions[:3]:
        cast.register(session, person)
    start = threading.Barrier(4)

    def together(call):
        def wait_and_call():
            start.wait(timeout=PATIENCE)
            return call()

        return wait_and_call

    at_once(
        [
            together(lambda: erasing.erase_person(person=person, by=staff)),
            *[together(signing_up(session, person)) for session in sessions[3:]],
        ],
        threads=4,
    )

    person.refresh_from_db()
    assert person.erased_at <= timezone.now()
    assert Registration.objects.filter(person=person).standing().count() == 0
    for session in sessions:
        assert_counts_are_kept(session)
