"""Is the port free, and does the station answer there?"""

import http.client
import socket
import time
from collections.abc import Callable

# Where `localhost` leads: some programs try the one first, some the other.
LOOPBACK = ("127.0.0.1", "::1")


def addresses_to_serve(host: str) -> list[str]:
    """The addresses to bind: for `localhost` both loopbacks, where the machine has both."""
    if host != "localhost":
        return [host]
    return [address for address in LOOPBACK if can_bind(address, 0)]


def is_taken(addresses: list[str], port: int) -> bool:
    return not all(can_bind(address, port) for address in addresses)


def can_bind(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((address, port))
    except OSError:
        return False
    return True


def wait_for_an_answer(
    address: str, port: int, *, still_running: Callable[[], bool], patience: float = 60
) -> bool:
    """Wait until the home page is answered; False when the server ended or time ran out."""
    deadline = time.monotonic() + patience
    while still_running() and time.monotonic() < deadline:
        if answers(address, port):
            return True
        time.sleep(0.1)
    return False


def answers(address: str, port: int) -> bool:
    connection = http.client.HTTPConnection(address, port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def url(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
