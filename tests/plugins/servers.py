"""A PostgreSQL and a Valkey for this test run alone, unless DATABASE_URL or REDIS_URL name others.

pytest loads this with `-p`, before pytest-django reads the settings, which read those variables. With `-n`, the workers
share the PostgreSQL, where pytest-django gives each a database of its own, a copy of one that is migrated; a Valkey each
has for itself.
"""

import os

from tools.local.throwaway import start_missing_servers

OUR_OWN = "STATION_TESTS_OWN_VALKEY"

if os.environ.get(OUR_OWN) and "PYTEST_XDIST_WORKER" in os.environ:
    del os.environ["REDIS_URL"]
if not os.environ.get("REDIS_URL"):
    os.environ[OUR_OWN] = "1"
start_missing_servers(with_template=True)
