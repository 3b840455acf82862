import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """A test's rows are rolled back, so nothing tells the cache that they are gone."""
    cache.clear()
