"""A small load generator: so many connections that are kept open, each asking again as soon as it has its answer."""

import socket
import threading
import time
from dataclasses import dataclass, field

MODEL = "GET {path} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Proto: https\r\n{headers}\r\n"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


@dataclass
class Connection:
    """One kept-alive HTTP/1.1 connection, read with as little work as possible."""

    port: int
    host: str = "localhost"
    buffer: bytes = b""
    wire: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.wire = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self, request: bytes) -> Answer:
        try:
            self.wire.sendall(request)
            return self.read()
        except ConnectionError:  # the server closed it between two requests, as it may
            self.open()
            self.wire.sendall(request)
            return self.read()

    def read(self) -> Answer:
        while b"\r\n\r\n" not in self.buffer:
            self.receive()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        status, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _colon, value = line.partition(": ")
            name = name.lower()
            headers[name] = f"{headers[name]}\n{value}" if name in headers else value
        length = int(headers.get("content-length", 0))
        while len(self.buffer) < length:
            self.receive()
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        if headers.get("connection") == "close":
            self.wire.close()
            self.open()
        return Answer(int(status.split()[1]), headers, body)

    def receive(self) -> None:
        part = self.wire.recv(262_144)
        if not part:
            raise ConnectionResetError
        self.buffer += part


def get(path: str, headers: dict[str, str] | None = None, host: str = "localhost") -> bytes:
    sent = {"Accept-Encoding": "gzip"} | (headers or {})
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return MODEL.format(path=path, host=host, headers=lines).encode()


@dataclass
class Load:
    """What came back: the time of each answer in milliseconds, and how long it all took in seconds."""

    times: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def press(port: int, request: bytes, *, connections: int, seconds: float, status: int = 200) -> Load:
    """Ask the same thing from all connections for so long. Raises AssertionError on any answer but this one."""
    times: list[list[float]] = [[] for _ in range(connections)]
    stop_at = time.perf_counter() + seconds

    def keep_asking(own_times: list[float]) -> None:
        connection = Connection(port)
        while (begun := time.perf_counter()) < stop_at:
            answer = connection.ask(request)
            assert answer.status == status, answer
            own_times.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=keep_asking, args=(own_times,)) for own_times in times]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load([duration for own_times in times for duration in own_times], time.perf_counter() - begun)
