"""A real PgBouncer before the tests' PostgreSQL, giving out connections by the transaction."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from learning_station.addresses import VAR
from tests.waiting import until
from tools.local import processes
from tools.local.postgres import program

UNPACKED = VAR / "servers"  # where bin/setup-servers leaves it
PORT = 6432  # names the socket; nothing listens on the network

CONFIGURATION = """
[databases]
* = host={host} port={port} user={user}
[pgbouncer]
listen_addr =
listen_port = {listen}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
{more}
"""


def pgbouncer() -> str:
    candidates = (
        os.environ.get("PGBOUNCER"),
        shutil.which("pgbouncer"),
        "/usr/sbin/pgbouncer",
        str(UNPACKED / "usr/sbin/pgbouncer"),
    )
    return next(path for path in candidates if path and Path(path).exists())


@contextmanager
def pool(*, size: int = 3, more: str = "") -> Iterator[str]:
    """The address of the tests' database through a pool of so many connections. `more`: lines of its configuration."""
    at = connection.settings_dict
    with tempfile.TemporaryDirectory(prefix="pool-") as name:
        folder = Path(name)
        folder.chmod(0o777)  # as root it runs as `nobody`
        written = folder / "pgbouncer.ini"
        written.write_text(
            CONFIGURATION.format(
                host=at["HOST"],
                port=at["PORT"] or 5432,
                user=at["USER"],
                folder=folder,
                listen=PORT,
                size=size,
                more=more,
            )
        )
        libraries = [str(path) for path in (UNPACKED / "usr/lib").glob("*-linux-*")]
        with (folder / "log").open("wb") as log:
            server = processes.start(
                [pgbouncer(), written],
                log=log,
                env={**os.environ, "LD_LIBRARY_PATH": ":".join(libraries)},
                refuses_root=True,
            )
        try:
            assert until(lambda: answers(folder), server), (folder / "log").read_text()
            yield f"postgresql://{at['USER']}@{quote(name, safe='')}:{PORT}/{at['NAME']}"
        finally:
            processes.stop(server)


def answers(folder: Path) -> bool:
    asked = [program("pg_isready"), "-q", "-h", folder, "-p", str(PORT)]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0
