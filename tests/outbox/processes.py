"""Real processes of the station for the tests: a broker that can be stopped, workers that can be killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import kombu.pools
from celery import Task
from django.conf import settings
from django.db import connection

from learning_station.addresses import valkey_url
from outbox import wakeup
from outbox.models import Letter
from outbox.tasks import send_due, send_waiting
from tests.outbox.smtp_server import SmtpServer
from tests.waiting import until
from tools.local import processes, valkey

COMMAND = (
    "celery -A learning_station worker --pool=threads --concurrency=3 --loglevel=INFO"
    " --without-gossip --without-mingle --without-heartbeat"
)


class Broker:
    """A Valkey of our own, so that no other test's worker takes our tasks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = valkey_url(folder)
        self.celery_url = self.url.replace("unix://", "redis+socket://", 1)
        self.start()

    def start(self) -> None:
        with (self.folder / "valkey.log").open("ab") as log:
            self.server = valkey.start(self.folder, log=log)

    def kill(self) -> None:
        processes.stop(self.server, signal.SIGKILL)


class Worker:
    """`celery worker` on the tests' database."""

    def __init__(self, folder: Path, broker: Broker, **variables: str) -> None:
        self.log = Path(tempfile.mkstemp(prefix="worker-", suffix=".log", dir=folder)[1])
        with self.log.open("wb") as log:
            self.process = processes.start(
                [sys.executable, "-m", *COMMAND.split()],
                log=log,
                cwd=settings.BASE_DIR,
                env={
                    **os.environ,
                    "DATABASE_URL": database_url(),
                    "REDIS_URL": broker.url,
                    "LETTERS_AT_ONCE": "2",
                    **variables,
                },
            )

    def wait_until_ready(self) -> "Worker":
        wait_until(lambda: b" ready." in self.log.read_bytes(), self.text, running=self.process)
        return self

    def kill(self) -> None:
        """As `kill -9` and the out-of-memory killer do."""
        processes.stop(self.process, signal.SIGKILL)

    def text(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]


@contextmanager
def folder() -> Iterator[Path]:
    """A short path: the kernel does not take long ones for sockets."""
    path = Path(tempfile.mkdtemp(prefix="ls-", dir="/tmp"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def database_url() -> str:
    """The database of this test run, not the one that the settings name."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path="/" + connection.settings_dict["NAME"]))


def wait_until(
    true: Callable[[], object],
    story: Callable[[], str] | str = "",
    *,
    running: subprocess.Popen[bytes] | None = None,
) -> None:
    if not until(true, running):
        raise AssertionError(story() if callable(story) else story)


def send_waiting_now() -> None:
    """As the beat does."""
    publish(send_waiting, queue="ticks")


def wake_worker() -> None:
    """As a page does that wrote a letter."""
    publish(send_due)


def publish(task: Task, **options: Any) -> None:
    with kombu.pools.producers[wakeup.broker()].acquire(block=True) as producer:
        task.apply_async(producer=producer, **options)


def wait_for_state(letter: Letter, state: str) -> None:
    def story() -> str:
        current = Letter.objects.get(pk=letter.pk)
        return f"{current.key} is {current.state} after {current.attempts} tries: {current.last_error}"

    wait_until(lambda: Letter.objects.filter(pk=letter.pk, state=state).exists(), story)


def ids(smtp: SmtpServer) -> list[str]:
    return [taken.message["Message-ID"] for taken in smtp.letters]
