"""The station has a key, and it is a week after the session."""

import pytest
import time_machine

from tests.credentials.making import DAY, START

from .making import use


@pytest.fixture(autouse=True)
def a_week_later():
    with time_machine.travel(START + 7 * DAY):
        yield


@pytest.fixture(autouse=True)
def first_key(settings):
    use(settings)
