from collections.abc import Iterator

import pytest

from page_cache.breaker import of_valkey
from tests.outbox.letters import example_templates, person
from tests.outbox.smtp_server import SmtpServer, smtp_server

__all__ = ["example_templates", "no_memory_of_a_dead_broker", "person", "smtp"]


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
