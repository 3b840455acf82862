"""A PostgreSQL and a Valkey for one process alone, gone with it: for tests, checks and measurements.

Several at once in one checkout never meet. The servers die with their process, even at `kill -9`; what such a death leaves
on disk, the next start removes.
"""

import atexit
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from learning_station.addresses import DATABASE_NAME, VAR, postgres_url, run_folder, valkey_url
from tools.local import migrated, postgres, processes, valkey
from tools.local.folders import lock, make_private, try_to_lock

HOME = VAR / "throwaway"


# Names the database that test databases are copied from, where there is one.
TEMPLATE = "STATION_TESTS_TEMPLATE"


def start_missing_servers(*, durable: bool = False, with_template: bool = False) -> None:
    """Start what no DATABASE_URL or REDIS_URL names, set those variables, and wait until the servers answer.

    The database is there, and empty. `durable` writes to disk as a real server does, which a measurement needs and a test
    does not. `with_template` gives a database with every migration behind it, and puts into TEMPLATE the name of another
    like it that nobody uses.
    """
    launch_missing_servers(durable=durable, with_template=with_template)()


def launch_missing_servers(*, durable: bool = False, with_template: bool = False) -> Callable[[], None]:
    """The same, with the wait apart: call what comes back before the first query. Importing goes on meanwhile."""
    wanted = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if not wanted:
        return nothing_to_wait_for
    home, template, lock_file = new_home()
    run = make_private(run_folder(home))
    started: list[subprocess.Popen[bytes]] = []
    atexit.register(
        clean_up, os.getpid(), lock_file, started, (home, run)
    )  # also after a start that fails half-way
    waits: list[Callable[[], None]] = []
    with (home / "servers.log").open("wb") as log:
        if "REDIS_URL" in wanted:
            started.append(valkey.launch(run, log=log))
            waits.append(partial(valkey.wait_until_ready, started[-1], run, log=log))
            os.environ["REDIS_URL"] = valkey_url(run)
        if "DATABASE_URL" in wanted:
            if with_template:
                template = migrated.cluster(HOME, template, os.environ["REDIS_URL"])
                os.environ[TEMPLATE] = migrated.DATABASE
                next_copy = migrated.take_copy(template, home / "pg", unfinished=home / "next", log=log)
                atexit.register(next_copy.wait)  # before the cleaning
            else:
                subprocess.run(["cp", "-a", template, home / "pg"], check=True)
            settings = ("max_connections=200", *(() if durable else postgres.CARELESS))
            started.append(postgres.launch(home / "pg", run, log=log, settings=settings))
            waits.append(partial(postgres.wait_until_ready, started[-1], run, log=log))
            os.environ["DATABASE_URL"] = postgres_url(run)

    def wait() -> None:
        for server in waits:
            server()
        if "DATABASE_URL" in wanted and not with_template:
            postgres.create_database(run, DATABASE_NAME)

    return wait


def nothing_to_wait_for() -> None:
    """What another's DATABASE_URL names answers already, or says so itself."""


def new_home() -> tuple[Path, Path, IO[str]]:
    """A folder for this process, a fresh cluster to copy into it, and the lock that says the folder is in use."""
    with lock(HOME / "lock"):
        remove_the_dead()
        template = HOME / f"template-{postgres.DATA_FOLDER}"
        postgres.create_cluster(template)
        home = HOME / "runs" / str(os.getpid())
        home.mkdir(parents=True, exist_ok=True)
        lock_file = try_to_lock(home / "lock")
        assert lock_file, f"{home} is held by another process"
    return home, template, lock_file


def migrated_cluster() -> Path:
    """The folder of the cluster with every migration behind it, stopped, to be copied for a server of one's own."""
    template = HOME / f"template-{postgres.DATA_FOLDER}"
    with lock(HOME / "lock"):
        postgres.create_cluster(template)
    return migrated.cluster(HOME, template, os.environ["REDIS_URL"])


def remove_the_dead() -> None:
    """Remove the folders of processes that were killed: nobody holds their locks."""
    for home in (HOME / "runs").glob("*"):
        if lock_file := try_to_lock(home / "lock"):
            remove(home, run_folder(home))
            lock_file.close()


def clean_up(
    owner: int, lock_file: IO[str], started: list[subprocess.Popen[bytes]], folders: tuple[Path, ...]
) -> None:
    if os.getpid() != owner:  # a child that was forked, and not ours to clean up after
        return
    for server in reversed(started):
        processes.stop(server, signal.SIGQUIT)  # at once: nobody will miss the data
    remove(*folders)
    lock_file.close()


def remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
