"""The whole station on one machine: `python -m tools.local.station`, or `make run`.

PostgreSQL and Valkey come from Python wheels and keep their data under var/, unless DATABASE_URL and REDIS_URL name others.
Knows nothing of Django, so that it stays small in memory; Django runs in the processes it starts.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

from learning_station.addresses import CHECKOUT, DATABASE_NAME, VAR, run_folder
from tools.local import badge_key, commands, messages, ports, postgres, processes, static_files, valkey
from tools.local.commands import MANAGE, PYTHON
from tools.local.folders import NotOurs, try_to_lock
from tools.local.messages import CannotStart, say, step
from tools.local.part import Part, fresh_log

LOCK = VAR / "station.lock"
LOGS = VAR / "log"

CELERY = (PYTHON, "-m", "celery", "-A", "learning_station")

# Each by name: a shell starts what it puts in the background with SIGINT ignored.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

REFUSALS = (CannotStart, NotOurs, postgres.PostgresFailed, postgres.ProgramMissing, valkey.ValkeyFailed)


class AskedToStop(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP came."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = read_options(arguments)
    for number in STOP_SIGNALS:
        signal.signal(number, stop_on_signal)
    if options.follow_parent:
        processes.follow_parent(os.getppid(), signal.SIGTERM)
    parts: list[Part] = []
    try:
        run(options.host, options.port, parts)
    except REFUSALS as refusal:
        messages.complain(str(refusal))
        return 1
    except AskedToStop:
        return 0
    finally:
        stop_all(parts)
    return 0


def run(host: str, port: int, parts: list[Part]) -> None:
    """Start the parts one after the other, noting each in `parts`, and watch over them until asked to stop."""
    lock = try_to_lock(LOCK)
    if lock is None:
        raise CannotStart(messages.already_running(LOCK.read_text().strip()))
    addresses = ports.addresses_to_serve(host)
    if ports.is_taken(addresses, port):
        raise CannotStart(messages.taken_port(port))
    write_down(lock, str(port))
    say("Starting the Learning Station")
    environment = environment_of_the_station(port)
    for part in servers():
        with step(f"Starting {part.name}"):
            parts.append(part)
            part.start()
    prepare(environment)
    web = live_server(addresses, port, environment) if is_live() else web_server(addresses, port, environment)
    parts.append(web)
    web.start()
    # A key for the badges is made while the web server loads.
    signing = badge_key.of_this_machine(environment)
    for part in (worker(environment | signing), beat(environment)):
        parts.append(part)
        part.start()
    with step("Opening the doors"):
        wait_for_web_server(web, addresses[0], port)
    say(messages.welcome(f"http://localhost:{port}", demo=is_on(environment["DEMO"]), logs=f"{shown(LOGS)}/"))
    watch(parts)


def wait_for_web_server(web: Part, address: str, port: int) -> None:
    """Wait until the web server answers. Raise CannotStart, with the reason, when it ended instead."""
    assert web.process

    def still_waiting() -> None:
        say(f"\n  This takes longer than usual. What the web server does is told in {shown(web.log)}.")

    if not processes.until(lambda: ports.answers(address, port), web.process, still_waiting=still_waiting):
        raise CannotStart(web.why("did not start"))


def watch(parts: list[Part]) -> None:
    """Start a part again when it dies by itself; give up on one that keeps dying."""
    while True:
        for part in parts:
            if part.died():
                if part.keeps_dying():
                    raise CannotStart(part.why("keeps stopping"))
                say(f"  {part.name} stopped by itself; starting it again.")
                part.stop()
                part.start()
        time.sleep(0.3)


def stop_all(parts: list[Part]) -> None:
    """Stop what uses the servers first and at the same time, then the servers."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # we are already at it
    if parts:
        say("\nStopping …")
    serving = [part for part in parts if part.name in {"PostgreSQL", "Valkey"}]
    using = [part for part in parts if part not in serving]
    for part in using:
        part.ask_to_stop()
    for part in (*using, *reversed(serving)):
        part.stop()


# The parts


def servers() -> list[Part]:
    """PostgreSQL and Valkey, as far as no DATABASE_URL or REDIS_URL names another."""
    run = run_folder(VAR)
    wanted = []
    if not os.environ.get("DATABASE_URL"):
        wanted.append(Part("PostgreSQL", fresh_log(LOGS, "postgresql"), begin_postgres(run), signal.SIGINT))
    if not os.environ.get("REDIS_URL"):
        wanted.append(Part("Valkey", fresh_log(LOGS, "valkey"), lambda log: valkey.start(run, log=log)))
    return wanted


def begin_postgres(run: Path) -> Callable[[IO[bytes]], subprocess.Popen[bytes]]:
    data = VAR / postgres.DATA_FOLDER

    def begin(log: IO[bytes]) -> subprocess.Popen[bytes]:
        postgres.create_cluster(data)
        server = postgres.start(data, run, log=log)
        postgres.create_database(run, DATABASE_NAME)
        return server

    return begin


def web_server(addresses: list[str], port: int, environment: dict[str, str]) -> Part:
    """The production server, with the production server's settings, on this port."""
    binds = [part for address in addresses for part in ("--bind", ports.url(address, port))]
    command = (
        PYTHON,
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.conf.py",
        *binds,
        "learning_station.wsgi",
    )
    return django_part("The web server", "web", command, environment, at_our_death=signal.SIGQUIT)


def live_server(addresses: list[str], port: int, environment: dict[str, str]) -> Part:
    """Django's development server, for working on the station: it shows changes at once, and errors with their reasons."""
    command = (*MANAGE, "runserver", ports.url(addresses[0], port))
    return django_part("The web server", "web", command, environment | {"DEBUG": "1"})


def worker(environment: dict[str, str]) -> Part:
    """Threads, so that one `kill -9` leaves no pool behind; and later than the web server, which people wait for."""
    command = (*CELERY, "worker", "--pool=threads", "--concurrency=4", "--without-gossip", "--without-mingle")
    return django_part("The worker", "worker", (*command, "--loglevel=INFO"), environment, nice=5)


def beat(environment: dict[str, str]) -> Part:
    return django_part("The beat", "beat", (*CELERY, "beat", "--loglevel=INFO"), environment, nice=5)


def django_part(
    name: str,
    log: str,
    command: Sequence[str],
    environment: dict[str, str],
    *,
    at_our_death: signal.Signals = signal.SIGKILL,
    nice: int = 0,
) -> Part:
    def begin(log: IO[bytes]) -> subprocess.Popen[bytes]:
        return processes.start(
            command, log=log, env=environment, cwd=CHECKOUT, stop_signal=at_our_death, nice=nice
        )

    return Part(name, fresh_log(LOGS, log), begin)


# What must be done before the doors open


def prepare(environment: dict[str, str]) -> None:
    """Migrate, then make the demonstration; beside it, hash and compress the static files, if they changed."""
    with step("Bringing the database up to date"):
        commands.run_to_its_end([*MANAGE, "migrate", "--no-input", "--verbosity=0"], environment)
    collecting = None if is_live() else static_files.start_collecting(environment)
    if is_on(environment["DEMO"]):
        say("  Looking after the demonstration's data …")
        commands.run_to_its_end([*MANAGE, "demo", "--if-empty"], environment, show=True)
    if collecting:
        with step("Compressing style sheets, scripts and fonts"):
            static_files.finish_collecting(collecting)


# Small things


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="station", description="Run the whole Learning Station on this machine."
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--host", default="localhost", help="0.0.0.0 lets other machines in (default: localhost)"
    )
    parser.add_argument(
        "--follow-parent", action="store_true", help="stop when the process that started this dies"
    )
    return parser.parse_args(arguments)


def environment_of_the_station(port: int) -> dict[str, str]:
    """What the processes are told: the demonstration is on unless DEMO=0."""
    given = {name: value for name, value in os.environ.items() if value}
    defaults = {"DEMO": "1", "SITE_URL": f"http://localhost:{port}", "PYTHONUNBUFFERED": "1"}
    static = {} if is_live() else static_files.ENVIRONMENT
    return defaults | given | static | {"DJANGO_SETTINGS_MODULE": "learning_station.settings"}


def is_live() -> bool:
    """Is the station being worked on? (`make run LIVE=1`)"""
    return is_on(os.environ.get("LIVE", ""))


def is_on(value: str) -> bool:
    return value.lower() not in {"", "0", "false", "no", "off"}


def write_down(file: IO[str], text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


def shown(path: Path) -> str:
    """From the checkout's folder, where whoever reads it is."""
    return str(path.relative_to(CHECKOUT) if path.is_relative_to(CHECKOUT) else path)


def stop_on_signal(number: int, frame: FrameType | None) -> None:
    raise AskedToStop


if __name__ == "__main__":
    sys.exit(main())
