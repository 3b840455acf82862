"""Management commands, run to their end in processes that do not outlive this one."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import IO

from learning_station.addresses import CHECKOUT
from tools.local import processes
from tools.local.messages import CannotStart

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")


def run_to_its_end(command: Sequence[str], environment: Mapping[str, str], *, show: bool = False) -> None:
    """Run it and wait. `show` lets its progress through to the terminal; otherwise it is only seen if it fails."""
    finish(start(command, environment, log=sys.stdout.fileno() if show else subprocess.PIPE))


def manage(*arguments: str) -> None:
    """A management command in this environment; raise CannotStart with what it said if it failed."""
    run_to_its_end([*MANAGE, *arguments], os.environ)


def start(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    log: IO[bytes] | int = subprocess.PIPE,
    nice: int = 0,
) -> subprocess.Popen[bytes]:
    return processes.start(
        command, log=log, env=environment, cwd=CHECKOUT, stop_signal=signal.SIGKILL, nice=nice
    )


def finish(child: subprocess.Popen[bytes]) -> None:
    """Wait for its end; raise CannotStart with what it said if it failed."""
    try:
        output, _ = child.communicate()
    except BaseException:
        processes.stop(child, signal.SIGKILL)
        raise
    if child.returncode:
        assert isinstance(child.args, list)
        command = " ".join(child.args[1:])
        output_end = (output or b"").decode(errors="replace")[-3000:]
        raise CannotStart(f"`{command}` failed: {processes.how_it_ended(child)}.\n\n{output_end}".rstrip())
