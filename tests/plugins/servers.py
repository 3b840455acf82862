"""A PostgreSQL and a Valkey for this test run alone, unless DATABASE_URL or REDIS_URL name others.

pytest loads this with `-p`, before pytest-django reads the settings, which read those variables.
"""

import os

from learning_station.local.throwaway import start_missing_servers

if "PYTEST_XDIST_WORKER" not in os.environ:  # the workers share what their controller started
    start_missing_servers()
