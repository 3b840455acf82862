import pytest
import time_machine

from tests import cast

from .making import NOW


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def by():
    return cast.secretary()
