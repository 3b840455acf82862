import pytest

from tests.kept import forget_pages


@pytest.fixture(autouse=True)
def _empty_cache():
    """A test's rows are rolled back, so nothing tells the cache that they are gone."""
    forget_pages()
