"""Processes and ports as Linux tells of them, for tests that start and kill real ones."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def children(parent: int) -> list[int]:
    return [pid for pid, above in all_processes() if above == parent]


def descendants(parent: int) -> list[int]:
    direct = children(parent)
    return direct + [deeper for pid in direct for deeper in descendants(pid)]


def all_processes() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if after_name[0] != "Z":
            yield int(folder.name), int(after_name[1])


def is_alive(pid: int) -> bool:
    return pid in {living for living, _ in all_processes()}


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def programs(pids: list[int]) -> set[str]:
    known = ("postgres", "valkey-server", "gunicorn", "worker", "beat")
    return {name for pid in pids for name in known if name in command_line(pid)}


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def can_connect(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
