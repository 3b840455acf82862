"""Each state of a registration says what it counts for."""

from registrations.states import STANDING, TABLE, TAKING_PART, WITH_PLACE, State


def test_no_state_is_without_its_row():
    assert set(TABLE) == set(State)


def test_who_takes_part_has_a_place_and_who_has_a_place_stands():
    assert set(TAKING_PART) < set(WITH_PLACE) < set(STANDING) < set(State)
