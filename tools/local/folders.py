"""Folders that are ours alone, and locks that the kernel frees when their holder dies."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tools.local import processes


class NotOurs(Exception):
    """A folder where the servers would answer belongs to somebody else."""


def make_private(folder: Path) -> Path:
    """Make the folder, readable by us alone. Below /tmp somebody else may have come first: then raise NotOurs."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    ours = stat.S_ISDIR(status.st_mode) and status.st_uid in whom_we_trust()
    if not ours:
        raise NotOurs(f"{folder} belongs to somebody else. Remove it, or move this checkout.")
    folder.chmod(0o700)
    return folder


def whom_we_trust() -> set[int]:
    """Ourselves; and as root also `nobody`, to whom PostgreSQL's folders are handed over where they must be."""
    return {os.getuid(), processes.NOBODY} if os.getuid() == 0 else {os.getuid()}


def try_to_lock(path: Path) -> IO[str] | None:
    """The open, locked file; None when another process holds it. Keep the result: closing it unlocks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the lock, and hold it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
