"""The launcher, with real processes: it opens, it mends itself, and no death stands in the way of the next start."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from learning_station.addresses import CHECKOUT, postgres_url, run_folder, valkey_url
from tests.learning_station.processes import (
    can_connect,
    children,
    command_line,
    descendants,
    free_port,
    is_alive,
    kill,
    programs,
)
from tests.learning_station.production import collected
from tests.waiting import PATIENCE, until
from tools.local import postgres, static_files, throwaway

pytestmark = pytest.mark.station


class Station:
    """A launcher that was started, what it says, and the processes it started."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        self.port = port
        unset = {"DATABASE_URL": "", "REDIS_URL": "", "DEMO": "0", "STATION_VAR": str(var)}
        command = [
            sys.executable,
            "-m",
            "tools.local.station",
            "--port",
            str(port),
            "--follow-parent",
        ]
        self.process = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env={**os.environ, **unset, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line

    def opens(self) -> bool:
        return until(lambda: "is open at" in self.said, self.process)

    def ends(self) -> int:
        code = self.process.wait(PATIENCE)
        self.listener.join(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()
        return code

    def answers(self) -> bool:
        """Is there any answer at all? Which one is for the tests of the pages."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except OSError:
            return False
        finally:
            connection.close()
        return True

    def part(self, *arguments: str) -> int:
        """The pid of the part whose command line holds all the words: the one that the launcher started itself."""
        pids = [
            pid
            for pid in children(self.process.pid)
            if all(argument in command_line(pid) for argument in arguments)
        ]
        assert len(pids) == 1, f"{arguments}: {pids}"
        return pids[0]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As a station left it that was stopped: the database migrated, the static files collected."""
    var = tmp_path_factory.mktemp("var")
    subprocess.run(["cp", "-a", throwaway.migrated_cluster(), var / postgres.DATA_FOLDER], check=True)
    shutil.copytree(collected(), var / static_files.COLLECTED.name)
    (var / static_files.DONE.name).write_text(static_files.fingerprint())
    return var


@pytest.fixture
def start() -> Iterator[Callable[..., Station]]:
    started = []

    def begin(var: Path, port: int | None = None, **environment: str) -> Station:
        started.append(Station(var, port or free_port(), **environment))
        return started[-1]

    yield begin
    for station in started:
        station.process.kill()
        station.ends()


def test_station_opens_and_stops_on_ctrl_c(var, start):
    station = start(var)
    assert station.opens(), station.said
    assert f"http://localhost:{station.port}/activities/" in station.said
    assert station.answers()
    everything = descendants(station.process.pid)
    assert {"postgres", "valkey-server", "gunicorn", "worker", "beat"} <= programs(everything)

    second = start(var)
    assert second.ends() == 1
    assert f"already running at http://localhost:{station.port}" in second.said

    assert dies_and_comes_back(station, "gunicorn")
    everything = descendants(station.process.pid)
    station.process.send_signal(signal.SIGINT)
    assert station.ends() == 0
    assert all_gone(everything), still_there(everything)
    assert not can_connect(station.port)


@pytest.mark.long
def test_station_begins_with_nothing_and_mends_itself(tmp_path, start):
    station = start(tmp_path)
    assert station.opens(), station.said
    for arguments in (
        ["celery", "worker"],
        ["celery", "beat"],
        ["gunicorn"],
        ["valkey-server"],
        ["postgres", "-D"],
    ):
        assert dies_and_comes_back(station, *arguments), (arguments, station.said)
    assert until(station.answers, station.process), station.said


def dies_and_comes_back(station: Station, *arguments: str) -> bool:
    killed = station.part(*arguments)
    os.kill(killed, signal.SIGKILL)
    return until(partial(part_is_another, station, arguments, killed), station.process)


@pytest.mark.long
def test_next_start_is_not_troubled_by_kill_9_of_the_launcher_or_of_everything(var, start):
    station = start(var)
    assert station.opens(), station.said
    everything = descendants(station.process.pid)
    station.process.kill()
    station.ends()
    assert all_gone(everything), still_there(everything)
    # The kernel gives numbers again: the pid file names a process that lives, and is no PostgreSQL.
    (var / "pg18" / "postmaster.pid").write_text(f"{os.getpid()}\n{var / 'pg18'}\n")

    again = start(var, station.port)
    assert again.opens(), again.said
    for pid in (again.process.pid, *descendants(again.process.pid)):
        kill(pid)
    again.ends()

    at_once = start(var, station.port)
    assert at_once.opens(), at_once.said
    at_once.process.send_signal(signal.SIGTERM)
    assert at_once.ends() == 0


@pytest.mark.long
def test_real_servers_are_used_where_they_are_named(tmp_path, start):
    name = "station_elsewhere"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"

    station = start(tmp_path, DATABASE_URL=url, REDIS_URL=os.environ["REDIS_URL"])
    assert station.opens(), station.said
    assert not {"postgres", "valkey-server"} & programs(descendants(station.process.pid))
    assert not (tmp_path / "pg18").exists()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
    station.process.send_signal(signal.SIGINT)
    assert station.ends() == 0


def test_a_taken_port_gets_a_clear_sentence_and_starts_nothing(tmp_path, start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        station = start(tmp_path, port)
        assert station.ends() == 1
    assert f"Port {port} is taken by another program" in station.said
    assert f"make run PORT={port + 1}" in station.said
    assert not (tmp_path / "pg18").exists()


def test_a_database_that_does_not_answer_gets_a_clear_sentence(tmp_path, start):
    nowhere = postgres_url(tmp_path / "nobody-here")
    station = start(tmp_path, DATABASE_URL=nowhere, REDIS_URL=os.environ["REDIS_URL"])
    assert station.ends() == 1
    assert "`manage.py migrate" in station.said
    assert "Is the server running" in station.said


def test_deep_folders_keep_their_sockets_in_a_short_one(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    short = run_folder(deep)
    assert len(str(short)) < 60
    assert run_folder(deep) == short != run_folder(deep / "c")
    assert run_folder(Path("/x/var")) == Path("/x/var/run")
    assert postgres_url(Path("/x/my var/run")) == "postgresql://postgres@%2Fx%2Fmy%20var%2Frun/station"
    assert valkey_url(Path("/x/my var/run")) == "unix:///x/my%20var/run/valkey.sock"


def part_is_another(station: Station, arguments: tuple[str, ...], killed: int) -> bool:
    pids = [
        pid
        for pid in children(station.process.pid)
        if all(argument in command_line(pid) for argument in arguments)
    ]
    return len(pids) == 1 and pids != [killed]


def all_gone(pids: list[int]) -> bool:
    """A process that the kernel was told to kill or to stop takes a moment to go, after its launcher too."""
    return until(lambda: not still_there(pids))


def still_there(pids: list[int]) -> list[str]:
    return [command_line(pid) for pid in pids if is_alive(pid)]
