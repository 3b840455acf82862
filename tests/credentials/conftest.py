"""Amina's certificate, and who else there is."""

import pytest
from django.core.cache import cache

from tests import cast

from .making import certificate


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
