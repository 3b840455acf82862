"""Amina's certificate, and who else there is."""

import pytest
import time_machine
from django.core.cache import cache

from tests import cast

from .making import DAY, START, certificate


@pytest.fixture(autouse=True)
def a_week_later():
    """Sessions are over, and names may still be corrected, whatever day it is."""
    with time_machine.travel(START + 7 * DAY):
        yield


@pytest.fixture
def by():
    return cast.secretary()


@pytest.fixture
def amina():
    return certificate("Amina Diallo")


@pytest.fixture
def owner(amina):
    return amina.registration.person


@pytest.fixture
def counted_anew():
    """Nothing that was asked before counts."""
    cache.clear()
