"""Amina and Ben have a place at a meeting that runs; Jiwoo coordinates its host."""

import pytest
import time_machine

from tests import cast

from .making import HOUR, START, meeting_with


@pytest.fixture(autouse=True)
def at():
    """It runs for half an hour. `at(moment)`: from now on it is then."""
    with time_machine.travel(START + HOUR / 2, tick=True) as traveller:
        yield traveller.move_to


@pytest.fixture
def there():
    """The meeting and the registrations of Amina and Ben."""
    meeting, (amina, ben) = meeting_with(cast.person("Amina Diallo"), cast.person("Ben Okafor"))
    return meeting, amina, ben


@pytest.fixture
def meeting(there):
    return there[0]


@pytest.fixture
def amina(there):
    return there[1]


@pytest.fixture
def ben(there):
    return there[2]


@pytest.fixture
def jiwoo():
    return cast.coordinator()
