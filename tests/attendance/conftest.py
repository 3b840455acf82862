"""Amina, who is registered for a program whose attendance is taken."""

import pytest
import time_machine

from tests import cast

from .making import START, meeting_of, program, registered


@pytest.fixture
def amina():
    return cast.person("Amina Diallo")


@pytest.fixture
def session(amina):
    made = program()
    registered(made, amina)
    return made


@pytest.fixture
def meeting(session):
    return meeting_of(session)


@pytest.fixture
def at():
    """`at(moment)`: from now on it is then."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller.move_to
