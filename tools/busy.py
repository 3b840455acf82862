"""`make test-busy`: the tests on a machine that is busy with something else. None may fail for it, however long it takes.

Each core gets ten programs that do nothing, as fast as they can: a load of about 20 on two cores. LOAD says another number.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from learning_station.addresses import CHECKOUT
from tools.local import processes
from tools.local.commands import PYTHON
from tools.local.messages import say

FOR_EACH_CORE = 10
IDLE_WORK = ("sh", "-c", "while :; do :; done")


def main(arguments: Sequence[str]) -> int:
    load = int(os.environ.get("LOAD") or FOR_EACH_CORE * (os.cpu_count() or 1))
    with busy(load):
        say(f"  {load} programs keep this machine busy.")
        return subprocess.call([PYTHON, "-m", "pytest", *arguments], cwd=CHECKOUT)


@contextmanager
def busy(load: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many programs that compute until this ends, or this process does."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(load):
            running.append(processes.start(IDLE_WORK, log=subprocess.DEVNULL, stop_signal=signal.SIGKILL))
        yield running
    finally:
        for program in running:
            processes.stop(program, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
