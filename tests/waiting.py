"""Waiting for what other processes and threads do, on a machine that may be busy.

Waiting ends when the thing is there, or when it certainly will not come because the process that brings it ended. The time
here is only for what hangs: it says nothing about how fast anything is.
"""

import subprocess
import time
from collections.abc import Callable

PATIENCE = 600


def until(holds: Callable[[], object], running: subprocess.Popen | None = None) -> bool:
    """Does it come to hold, while the process runs that should bring it about?"""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        ended = running is not None and running.poll() is not None
        if ended or time.monotonic() > deadline:
            return bool(holds())  # it may have come just before the end
        time.sleep(0.03)
    return True
