"""What the launcher says to the person in front of the terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class CannotStart(Exception):
    """Something the person can change; the message is a sentence for them."""


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Say what takes a moment before it does, and how long it took."""
    print(f"  {doing} …", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def failed(event: str, ending: str, log: str, log_end: str) -> str:
    """What happened, how the process ended, and the end of its log, which may hold nothing."""
    if not log_end.strip():
        return f"{event}: {ending}, and its log, {log}, is empty."
    return f"{event}: {ending}. Its log, {log}, ends with:\n\n{log_end.rstrip()}"


def welcome(home: str, *, demo: bool, logs: str) -> str:
    lines = [
        "",
        f"The Learning Station is open at {home}",
        "",
        f"  {home}/activities/     find an activity and register",
    ]
    if demo:
        lines += [
            f"  {home}/demo/sign-in/   sign in with one click: an official, a coordinator, the secretariat",
            f"  {home}/letters/        the letters it has written, as a mailbox would show them",
        ]
    lines += [
        f"  {home}/admin/          for staff" + (", once signed in as the secretariat" if demo else ""),
        f"  {home}/health/         how its parts are",
        "",
        f"  Logs are in {logs}. Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def taken_port(port: int) -> str:
    return f"Port {port} is taken by another program. Stop that program, or choose another port: make run PORT={port + 1}"


def already_running(port: str) -> str:
    where = f" at http://localhost:{port}" if port else ""
    return (
        f"The station of this folder is already running{where}. Stop it with Ctrl-C where it was started, "
        "or clone the project into another folder to run a second one."
    )


def complain(text: str) -> None:
    print(f"\n{text}", file=sys.stderr, flush=True)
