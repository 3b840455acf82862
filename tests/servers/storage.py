"""A real storage that speaks S3: Rclone, which keeps a bucket as a folder, so that one sees what lies there."""

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.test import override_settings

from files.address import Patience, private_files
from files.store import columns, private_storage
from learning_station.addresses import VAR
from tests.waiting import until
from tools.local import processes
from tools.local.ports import free_port

WHEELS = VAR / "servers" / "wheels" / "bin"  # where bin/setup-servers leaves them
KEY, SECRET = "the-station", "se/cret+wo:rd@1"
BUCKET, PREFIX = "learning-station", "documents"
# No test is about how long a busy machine takes; some are about one that gives up.
PATIENT = Patience(connect=120, read=120, tries=1)
IMPATIENT = Patience(connect=0.3, read=0.3, tries=1)


@dataclass
class Storage:
    port: int
    folder: Path  # of the bucket's documents
    server: subprocess.Popen

    @property
    def url(self) -> str:
        return address(self.port)

    def files(self) -> list[str]:
        return sorted(str(one.relative_to(self.folder)) for one in self.folder.rglob("*") if one.is_file())


def address(port: int, *, secret: str = SECRET) -> str:
    return f"s3+http://{KEY}:{quote(secret, safe='')}@127.0.0.1:{port}/{BUCKET}/{PREFIX}?region=eu-west-1"


@contextmanager
def running(home: Path) -> Iterator[Storage]:
    (home / BUCKET).mkdir(parents=True)
    port = free_port()
    with (home / "log").open("wb") as log:
        server = processes.start(
            [
                WHEELS / "rclone",
                *("serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}"),
                *("--config", "/dev/null"),
                home,
            ],
            log=log,
        )
    try:
        assert until(lambda: can_connect(port), server), (home / "log").read_text()
        yield Storage(port, home / BUCKET / PREFIX, server)
    finally:
        processes.stop(server)


def can_connect(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def documents_lie(
    url: str, *, folder: Path = Path("/nowhere"), kind: str = "web", patience: Patience | None = PATIENT
) -> Iterator[None]:
    """The station as FILES_URL has it, until the end of the block; `patience` None is the one of `kind`."""
    entry = private_files(url, folder=folder, kind=kind, production=False)
    if url and patience:
        entry["OPTIONS"]["patience"] = patience
    fields = [model._meta.get_field(column) for model, own in columns().items() for column in own]
    before = [field.storage for field in fields]
    with override_settings(STORAGES={**settings.STORAGES, "private": entry}):
        for field in fields:
            field.storage = private_storage()
        try:
            yield
        finally:
            for field, was in zip(fields, before, strict=True):
                field.storage = was


@contextmanager
def silent() -> Iterator[tuple[int, list[socket.socket]]]:
    """A port where somebody takes connections and never answers, and the connections so far."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield server.getsockname()[1], taken
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for one in taken:
            one.close()


def nobody_waited_in_vain() -> None:
    from files.bucket import breaker_of  # not where tests are only collected: it loads boto3

    breaker_of.cache_clear()


def empty() -> None:
    """Through the storage, which would not notice what happens behind its back."""
    bucket = private_storage().bucket  # type: ignore[attr-defined]
    for one in bucket.objects.all():
        one.delete()
