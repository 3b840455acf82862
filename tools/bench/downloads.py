"""Do slow readers of large files leave the catalog as quick as before? By turns with and without them, in the same run:
behind Caddy as deploy/ has it, where the proxy sends the files, and without it, where the station sends a few at once.
"""

import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from learning_station.addresses import CHECKOUT
from tools.local import ports, processes
from tools.local.messages import CannotStart, say

from .load import Connection, Load, get, press
from .server import production_server
from .switches import KEEP

READERS = 30
SIZE = 50 * 1024 * 1024
PIECE, PAUSE = 16 * 1024, 0.25  # 64 kB a second: the file takes a quarter of an hour
CONNECTIONS = 4
ROUNDS = 6
CADDY = CHECKOUT / "var" / "servers" / "wheels" / "bin" / "caddy"


def compare_downloads(seconds: float) -> None:
    say(f"\n{READERS} slow downloads of {SIZE // 1024 // 1024} MB beside the catalog (made anew):")
    with tempfile.TemporaryDirectory() as folder:
        address = file_for_everyone(Path(folder))
        os.environ |= {"PRIVATE_ROOT": folder, "FILES_SENT_BY": "proxy"}
        if CADDY.exists():
            with production_server() as server, caddy(server.port, Path(folder)) as port:
                compare("sent by the proxy", port, address, seconds)
        else:
            say("  sent by the proxy: not measured, for there is no Caddy (bin/setup-servers)")
        os.environ["FILES_SENT_BY"] = "station"
        with production_server() as server:
            compare("sent by the station", server.port, address, seconds)


def file_for_everyone(folder: Path) -> str:
    from catalog.models import Activity, Material

    (folder / "materials").mkdir()
    (folder / "materials" / "large.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(SIZE - 9))
    material = Material.objects.create(
        activity=Activity.objects.published().order_by("pk")[0],
        title="Large",
        file="materials/large.pdf",
        file_name="large.pdf",
        file_size=SIZE,
    )
    return material.address


@contextmanager
def caddy(station: int, folder: Path) -> Iterator[int]:
    """It believes that we came by TLS, as those before it in production would."""
    port = ports.free_port()
    text = (CHECKOUT / "deploy" / "Caddyfile").read_text()
    text = text.replace("web:8000", f"127.0.0.1:{station}").replace("root * /private", f"root * {folder}")
    general = "admin off\npersist_config off\nservers {\ntrusted_proxies static 127.0.0.1/32\n}\n"
    (folder / "Caddyfile").write_text(f"{{\n{general}}}\n{text}")
    with (folder / "log").open("wb") as log:
        process = processes.start(
            [CADDY, "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"],
            log=log,
            env={**os.environ, "SITE_ADDRESS": f"http://localhost:{port}", "HOME": str(folder)},
        )
    try:
        if not processes.until(lambda: answers(port), process):
            raise CannotStart(f"Caddy did not start: {(folder / 'log').read_text()}")
        yield port
    finally:
        processes.stop(process)


def answers(port: int) -> bool:
    try:
        return (
            Connection(port, f"localhost:{port}").ask(get("/bench/bare/", host=f"localhost:{port}")).status
            == 200
        )
    except OSError:
        return False


def compare(who: str, port: int, address: str, seconds: float) -> None:
    question = get("/activities/", {KEEP: "counts"}, host=f"localhost:{port}")
    press(port, question, connections=CONNECTIONS, seconds=1)  # warm up
    alone: list[Load] = []
    beside: list[Load] = []
    read = 0
    for _round in range(ROUNDS):
        alone.append(press(port, question, connections=CONNECTIONS, seconds=seconds / 2))
        with slow_readers(port, address) as readers:
            beside.append(press(port, question, connections=CONNECTIONS, seconds=seconds / 2))
            read = sum(reader.bytes > PIECE for reader in readers)
    per_second = median(load.per_second for load in beside) / median(load.per_second for load in alone)
    halves, worst = (
        " and ".join(f"{median(load.percentile(share) for load in loads):.1f}" for loads in (alone, beside))
        for share in (0.5, 0.99)
    )
    others = "" if read == READERS else ", the others asked to come again"
    say(
        f"  {who}, {read} under way{others}: the catalog answers {per_second:.2f} × as many"
        f" (p50 {halves} ms, p99 {worst} ms, without and with them)"
    )


class SlowReader(threading.Thread):
    def __init__(self, port: int, address: str, stop: threading.Event):
        super().__init__(daemon=True)
        self.port, self.address, self.stopped = port, address, stop
        self.bytes = 0

    def run(self) -> None:
        wire = socket.socket()
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
        with wire:
            wire.connect(("127.0.0.1", self.port))
            wire.sendall(get(self.address, host=f"localhost:{self.port}"))
            wire.settimeout(PAUSE)
            while not self.stopped.wait(PAUSE):
                try:
                    self.bytes += len(wire.recv(PIECE))
                except TimeoutError:
                    continue


@contextmanager
def slow_readers(port: int, address: str) -> Iterator[list[SlowReader]]:
    stop = threading.Event()
    readers = [SlowReader(port, address, stop) for _reader in range(READERS)]
    for reader in readers:
        reader.start()
    time.sleep(2)  # all have begun, and the network's own store is full
    try:
        yield readers
    finally:
        stop.set()
        for reader in readers:
            reader.join()
