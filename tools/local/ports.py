"""Is the port free, and does the station answer there?"""

import http.client
import socket

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


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def answers(address: str, port: int, page: str = "/") -> int:
    """The status of the page; 0 when nobody answers. A busy machine may take long over it; a server that ends hangs up."""
    connection = http.client.HTTPConnection(address, port, timeout=120)
    try:
        connection.request("GET", page)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def url(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
