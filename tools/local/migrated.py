"""A cluster whose databases have every migration behind them: for tests, and to be copied for more of them.

Migrating takes longer than most tests together; it is done once for the migrations, roles and packages there are.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import IO

from learning_station.addresses import CHECKOUT, DATABASE_NAME, postgres_url, run_folder
from tools.local import commands, postgres, processes
from tools.local.folders import lock, make_private

# Nobody connects to it, so that it can be copied at any time.
DATABASE = "migrated"
# A copy that a run finds made, named as Django names the tests' own (without `-n`).
COPY = f"test_{DATABASE_NAME}"
# And what DATABASE_URL names: for processes that a test starts.
COPIES = (DATABASE_NAME, COPY)


def fingerprint(root: Path = CHECKOUT) -> str:
    """Of everything that decides what `migrate` does on an empty database: the migrations, the roles that it makes, and the
    pinned packages, PostgreSQL among them; and of this file, which makes the copies."""
    files = [
        root / "requirements.lock",
        root / "tools" / "local" / "migrated.py",
        root / "accounts" / "roles.py",
        *sorted(root.glob("*/migrations/*.py")),
    ]
    parts = [b"%s\0%s" % (os.fsencode(path.relative_to(root)), path.read_bytes()) for path in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def cluster(home: Path, plain: Path, redis_url: str) -> Path:
    """The folder of that cluster, in `home`; made from the empty one in `plain` where it is missing.

    Two at once wait for each other. Raises CannotStart with what `migrate` said when it fails.
    """
    made = home / f"migrated-{postgres.DATA_FOLDER}-{fingerprint()}"
    with lock(home / "migrated.lock"):
        if not made.exists():
            for older in home.glob("migrated-*-*"):
                shutil.rmtree(older, ignore_errors=True)
            unfinished = home / "migrated.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(plain, unfinished)
            migrate(unfinished, redis_url)
            unfinished.rename(made)
    return made


def take_copy(made: Path, place: Path, *, unfinished: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Put a copy of the cluster at `place`: the one that the last run has laid ready, if it is there.

    Gives the process that lays the next one ready meanwhile, by way of `unfinished`.
    """
    ready = made.with_name(f"{made.name}-ready")
    try:
        ready.rename(place)
    except FileNotFoundError:
        subprocess.run(["cp", "-a", made, place], check=True)
    # `mv` refuses where another run was quicker; what is unfinished then goes with its folder.
    copy = 'cp -a "$0" "$1" && mv -T "$1" "$2"'
    return processes.start(["sh", "-c", copy, made, unfinished, ready], log=log, nice=5)


def shorten_the_log(data: Path, log: IO[bytes]) -> None:
    """To files of 1 MB: the one that is copied with each cluster has 16 otherwise, most of it empty."""
    command: list[str | Path] = [postgres.program("pg_resetwal"), "--wal-segsize=1", data]
    if processes.start(command, log=log, refuses_root=True).wait():
        raise postgres.PostgresFailed(f"pg_resetwal failed: {postgres.tail(log).decode(errors='replace')}")


def migrate(data: Path, redis_url: str) -> None:
    run = make_private(run_folder(data.with_name("migrating")))
    try:
        with (data.parent / "migrating.log").open("wb") as log:
            server = postgres.start(data, run, log=log, settings=postgres.CARELESS)
            try:
                postgres.create_database(run, DATABASE)
                commands.run_to_its_end(
                    [*commands.MANAGE, "migrate", "--no-input", "--verbosity=0"],
                    os.environ | {"DATABASE_URL": postgres_url(run, DATABASE), "REDIS_URL": redis_url},
                )
                for copy in COPIES:
                    postgres.create_database(run, copy, template=DATABASE)
            finally:
                postgres.stop(server)
            shorten_the_log(data, log)
    finally:
        shutil.rmtree(run, ignore_errors=True)
