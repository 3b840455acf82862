import pytest

from accounts.models import User
from outbox import handover


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user(
        "amina@example.org", name="Amina Diallo", language="en", timezone="Africa/Dakar"
    )


@pytest.fixture(autouse=True)
def no_memory_of_a_dead_broker():
    """A hand-over that failed in one test keeps no other test from handing over."""
    handover._quiet_until = 0.0
    yield
    handover._quiet_until = 0.0
