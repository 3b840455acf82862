"""What holds for every test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import timezone, translation


@pytest.fixture(autouse=True)
def nothing_left_of_the_last_test() -> Iterator[None]:
    """Each test begins as a new process would: nothing kept, the first language, the station's own clock."""
    cache.clear()
    yield
    translation.deactivate()
    timezone.deactivate()
