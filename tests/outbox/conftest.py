from collections.abc import Iterator

import pytest

from accounts.models import User
from page_cache.breaker import of_valkey
from tests.outbox.letters import letter_templates
from tests.outbox.smtp_server import SmtpServer, smtp_server


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user(
        "amina@example.org", name="Amina Diallo", language="en", timezone="Africa/Dakar"
    )


@pytest.fixture(autouse=True)
def no_memory_of_a_dead_broker():
    """A hand-over that failed in one test keeps no other test from handing over."""
    of_valkey.cache_clear()
    yield
    of_valkey.cache_clear()


@pytest.fixture
def smtp(settings) -> Iterator[SmtpServer]:
    """A mail server, and the settings that send there."""
    with smtp_server() as server:
        settings.MAILERS = server.mailers()
        yield server


@pytest.fixture
def example_templates(settings) -> None:
    letter_templates(settings)
