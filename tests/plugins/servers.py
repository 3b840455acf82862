"""A PostgreSQL and a Valkey for this test run alone, unless DATABASE_URL or REDIS_URL name others.

pytest loads this with `-p`, before pytest-django reads the settings, which read those variables. With `-n`, the workers
share the PostgreSQL, where pytest-django gives each a database of its own, a copy of one that is migrated; a Valkey each
has for itself.

PostgreSQL starts while the code is imported: it is waited for before the first test, and not when tests are only listed.
"""

import gc
import os

import pytest

from tools.local.throwaway import launch_missing_servers

OUR_OWN = "STATION_TESTS_OWN_VALKEY"

if os.environ.get(OUR_OWN) and "PYTEST_XDIST_WORKER" in os.environ:
    del os.environ["REDIS_URL"]
if not os.environ.get("REDIS_URL"):
    os.environ[OUR_OWN] = "1"
# What is imported stays: to look for garbage among it is a tenth of the start.
gc.disable()
wait_for_servers = launch_missing_servers(with_template=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Where tests run in several processes, their workers wait for the first one's word, so this is before them, too."""
    gc.enable()
    wait_for_servers()
