"""What waits for a process ends when the thing is there or the process has ended, and says why; nothing stays behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from learning_station.addresses import CHECKOUT
from tests.learning_station.processes import free_port, is_alive
from tests.waiting import until
from tools.busy import busy
from tools.local import commands, processes, valkey
from tools.local.messages import CannotStart
from tools.local.part import Part, fresh_log
from tools.local.station import wait_for_web_server

pytestmark = pytest.mark.station


def shell(script: str, log=subprocess.DEVNULL) -> subprocess.Popen:
    return processes.start(["sh", "-c", script], log=log)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 0", "it ended by itself, with code 0, and its log, LOG, is empty."),
        ("exit 4", "it ended by itself, with code 4, and its log, LOG, is empty."),
        (
            "kill -KILL $$",
            "it was killed, by somebody or because this machine has no memory left, and its log",
        ),
        ("kill -TERM $$", "SIGTERM ended it, and its log, LOG, is empty."),
        ("echo; echo '  '", "it ended by itself, with code 0, and its log, LOG, is empty."),
        ("echo No room; exit 1", "it ended by itself, with code 1. Its log, LOG, ends with:\n\nNo room"),
    ],
)
def test_a_web_server_that_does_not_start_leaves_its_reason(tmp_path, script, reason):
    web = Part("The web server", fresh_log(tmp_path, "web"), lambda log: shell(script, log))
    web.start()
    with pytest.raises(CannotStart) as refused:
        wait_for_web_server(web, "127.0.0.1", free_port())
    assert str(refused.value).startswith(
        f"The web server did not start: {reason.replace('LOG', str(web.log))}"
    )


def test_a_slow_start_is_waited_for_and_told(monkeypatch):
    monkeypatch.setattr(processes, "LONG", 0)
    child, asked, notices = shell("exec sleep 600"), [], []

    def there() -> bool:
        asked.append(True)
        return len(asked) > 5

    assert processes.until(there, child, still_waiting=lambda: notices.append(True))
    assert notices
    processes.stop(child, signal.SIGKILL)


def test_what_ended_is_not_waited_for():
    assert not processes.until(lambda: False, shell("exit 0"))


def test_a_set_up_that_fails_or_is_interrupted_leaves_nothing_running(tmp_path):
    written = tmp_path / "of-the-child"
    child = shell(f"sleep 600 & echo $! > {written}; wait")

    def set_up() -> None:
        with processes.nothing_left_on_failure(child):
            assert until(lambda: written.exists() and written.read_text().strip(), child)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        set_up()
    assert child.poll() is not None
    assert until(lambda: not is_alive(int(written.read_text())))


def test_a_measurement_that_is_killed_takes_its_web_server_along(tmp_path):
    """As a time limit of a test does: the process has no chance to clean up."""
    hanging = tmp_path / "python"
    hanging.write_text("#!/bin/sh\nexec sleep 600\n")
    hanging.chmod(0o755)
    script = (
        "import sys, time; from tools.bench import server\n"
        f"sys.executable = {str(hanging)!r}\n"
        "server.Server.wait = lambda self: (print(self.process.pid, flush=True), time.sleep(600))\n"
        "server.production_server().__enter__()"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as measuring:
        assert measuring.stdout
        server = int(measuring.stdout.readline())
        measuring.kill()
    assert until(lambda: not is_alive(server))


def test_a_child_ends_by_its_signal_where_ours_is_ignored():
    """As in the background of a script."""
    before = signal.signal(signal.SIGQUIT, signal.SIG_IGN)
    try:
        child = processes.start(["sleep", "600"], log=subprocess.DEVNULL, stop_signal=signal.SIGQUIT)
    finally:
        signal.signal(signal.SIGQUIT, before)
    child.send_signal(signal.SIGQUIT)
    assert until(lambda: child.poll() is not None)
    assert child.returncode == -signal.SIGQUIT


def test_a_valkey_that_cannot_start_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(valkey, "program", lambda: Path("/bin/false"))
    with (
        (tmp_path / "log").open("wb") as log,
        pytest.raises(valkey.ValkeyFailed, match="with code 1, and its log"),
    ):
        valkey.start(tmp_path, log=log)


def test_a_command_that_says_nothing_still_tells_how_it_ended():
    with pytest.raises(CannotStart, match=r"failed: it was killed, by somebody or because .* left\.$"):
        commands.run_to_its_end(["sh", "-c", "kill -KILL $$"], os.environ)


def test_the_load_ends_with_what_made_it():
    with busy(2) as running:
        assert all(is_alive(program.pid) for program in running)
    assert not any(is_alive(program.pid) for program in running)
