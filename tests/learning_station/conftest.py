from types import SimpleNamespace

import pytest


@pytest.fixture
def station(transactional_db: None) -> SimpleNamespace:
    """Something of each kind, for walks through every page."""
    from .walking import made_station

    return made_station()
