"""Processes that never outlive the one that started them.

Each child is in a process group of its own, so that Ctrl-C reaches the launcher alone, which then stops the others in order;
and each asks the kernel for a signal at its parent's death, so that even `kill -9` of the launcher leaves nothing running.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

NOBODY = 65534
PR_SET_PDEATHSIG = 1

# After so many seconds, and again after each, whoever waits is told that it takes long.
LONG = 30


def start(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | int,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    refuses_root: bool = False,
    nice: int = 0,
) -> subprocess.Popen[bytes]:
    """Start a child that gets `stop_signal` when this process dies.

    Call it from the main thread, the only one: the kernel watches the thread, and Python runs between fork and exec.
    `refuses_root` is for PostgreSQL, which does not run as uid 0.
    """
    parent = os.getpid()
    as_nobody = refuses_root and must_become_nobody()

    def between_fork_and_exec() -> None:
        os.setpgrp()
        os.nice(nice)
        # Ignored, and inherited so, where a script started us with `&` (POSIX 2.11): the child is to end by it all the same.
        if stop_signal != signal.SIGKILL:
            signal.signal(stop_signal, signal.SIG_DFL)
        if as_nobody:
            become_nobody()
        elif refuses_root and os.getuid() == 0:
            enter_user_namespace()
        follow_parent(parent, stop_signal)  # last, because a change of uid clears it

    return subprocess.Popen(
        [os.fspath(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=cwd,
        preexec_fn=between_fork_and_exec,
    )


def stop(
    child: subprocess.Popen[bytes],
    stop_signal: signal.Signals = signal.SIGTERM,
    patience: float = 10,
) -> None:
    """Ask, wait, and then insist. The whole group goes, children of the child too."""
    if child.poll() is None:
        signal_group(child, stop_signal)
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    signal_group(child, signal.SIGKILL)
    child.wait()


def until(
    there: Callable[[], object],
    child: subprocess.Popen[bytes],
    *,
    still_waiting: Callable[[], None] | None = None,
) -> bool:
    """Wait until what the child brings is there; False when the child ended and will bring nothing.

    No time limit: on a busy machine a start that is well takes minutes. `still_waiting` is called twice a minute.
    """
    word_due = time.monotonic() + LONG
    while child.poll() is None:
        if there():
            return True
        if still_waiting and time.monotonic() > word_due:
            still_waiting()
            word_due += LONG
        time.sleep(0.03)
    return False


@contextmanager
def nothing_left_on_failure(
    child: subprocess.Popen[bytes], stop_signal: signal.Signals = signal.SIGTERM
) -> Iterator[None]:
    """Stop the child, and all it started, if what is done with it here fails or is interrupted."""
    try:
        yield
    except BaseException:
        stop(child, stop_signal)
        raise


def how_it_ended(child: subprocess.Popen[bytes]) -> str:
    """In words for a person; also when it runs."""
    code = child.poll()
    if code is None:
        return "it still runs"
    if code >= 0:
        return f"it ended by itself, with code {code}"
    if code == -signal.SIGKILL:
        return "it was killed, by somebody or because this machine has no memory left"
    return f"{signal.Signals(-code).name} ended it"


def signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def follow_parent(parent: int, stop_signal: signal.Signals) -> None:
    """Have the kernel send this process `stop_signal` when its parent dies (Linux only: elsewhere it does nothing)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(stop_signal))
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), stop_signal)


def enter_user_namespace() -> None:
    """Be uid 65534 to ourselves and still root to the files: nothing has to be chowned, and it works below /root too."""
    uid, gid = os.getuid(), os.getgid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {gid} 1")


def become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


@cache
def must_become_nobody() -> bool:
    """Root where user namespaces are forbidden, as in most containers."""
    return os.getuid() == 0 and not user_namespaces_work()


def user_namespaces_work() -> bool:
    if not hasattr(os, "unshare"):
        return False
    attempt = os.fork()
    if attempt == 0:
        try:
            enter_user_namespace()
        except OSError:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(attempt, 0)
    return status == 0
