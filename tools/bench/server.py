import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tools.local import ports, processes
from tools.local.messages import CannotStart

from .load import Connection, get

TICKS = os.sysconf("SC_CLK_TCK")


def production_environment(static_root: Path) -> dict[str, str]:
    """What production needs. No letter leaves: the mail server named here does not exist, and no worker runs."""
    return {
        "STATION_MODE": "production",
        "SECRET_KEY": "only for measuring " * 4,
        "ENCRYPTION_KEYS": "only for measuring " * 4,
        "SITE_URL": "https://localhost",
        "EMAIL_URL": "smtp://localhost:9",
        "STATIC_ROOT": str(static_root),
        "DEMO": "0",
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
    }


@contextmanager
def production_server() -> Iterator["Server"]:
    """The production server on a free port, as deploy/ configures it."""
    port = ports.free_port()
    command = ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    process = processes.start(
        [sys.executable, *command, "learning_station.wsgi"],
        log=sys.stderr.fileno(),
        env=os.environ,
        stop_signal=signal.SIGQUIT,
    )
    try:
        server = Server(process, port)
        server.wait()
        yield server
    finally:
        processes.stop(process, patience=30)


class Server:
    def __init__(self, process: subprocess.Popen[bytes], port: int):
        self.process, self.port = process, port

    def wait(self) -> None:
        if not processes.until(self.answers, self.process):
            raise CannotStart(f"The production server did not start: {processes.how_it_ended(self.process)}.")

    def answers(self) -> bool:
        try:
            Connection(self.port).ask(get("/bench/bare/"))
        except OSError:
            return False
        return True

    def web_seconds(self) -> float:
        """Seconds of CPU that the server's processes have used."""
        return sum(cpu_seconds(pid) for pid in all_processes() if group_of(pid) == self.process.pid)


def database_seconds() -> float:
    """Seconds of CPU that our PostgreSQL has used, and no other on this machine; 0 when it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    if name_of(backend) != "postgres":
        return 0
    first = parent_of(backend)
    return sum(cpu_seconds(pid) for pid in all_processes() if first in (pid, parent_of(pid)))


def all_processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, its threads and the children it waited for (proc(5), stat)."""
    return sum(int(value) for value in fields_of(pid)[11:15]) / TICKS


def parent_of(pid: int) -> int:
    return int((fields_of(pid) or ["0"] * 4)[1])


def group_of(pid: int) -> int:
    return int((fields_of(pid) or ["0"] * 4)[2])


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def fields_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return []
