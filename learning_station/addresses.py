"""Where PostgreSQL and Valkey answer.

DATABASE_URL and REDIS_URL name real servers. When they are not set, the addresses follow from the folder of this checkout,
so `manage.py shell` finds the servers that `make run` started beside it, with no variable set.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

CHECKOUT = Path(__file__).resolve().parents[1]
# Where the local servers keep their data. It may lie elsewhere: on a faster disk, or for a second station of one checkout.
VAR = Path(os.environ.get("STATION_VAR") or CHECKOUT / "var").absolute()

DATABASE_NAME = "station"
DATABASE_SUPERUSER = "postgres"

# The kernel takes 107 bytes for a socket's path, and cuts no slack for deep folders.
LONGEST_SOCKET_PATH = 100
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"


def database_url() -> str:
    """The URL of the station's database, for dj-database-url and for libpq."""
    return os.environ.get("DATABASE_URL") or postgres_url(run_folder(VAR))


def redis_url() -> str:
    """The URL of the station's Valkey or Redis, as Django's cache reads it (`redis://…` or `unix:///…`)."""
    return os.environ.get("REDIS_URL") or valkey_url(run_folder(VAR))


def run_folder(home: Path) -> Path:
    """The folder for the sockets of the servers that live in `home`: `home/run`, or a short one where that is too long."""
    run = home / "run"
    if len(os.fsencode(run / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH:
        return run
    fingerprint = hashlib.sha256(os.fsencode(run)).hexdigest()[:12]
    return Path(f"/tmp/learning-station-{os.getuid()}-{fingerprint}")  # noqa: S108 - made private by make_private


def postgres_url(run: Path, name: str = DATABASE_NAME) -> str:
    return f"postgresql://{DATABASE_SUPERUSER}@{quote(str(run), safe='')}/{name}"


def valkey_url(run: Path) -> str:
    return f"unix://{quote(str(run / VALKEY_SOCKET))}"
