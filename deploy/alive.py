"""Is this container's process alive? For the health checks of docker-compose.yml: `python deploy/alive.py web`.

It asks for the process alone, so that an ill neighbor does not get a well process restarted; how the whole station is,
/health/ tells.
"""

import http.client
import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

# The name under which each answers a ping through the broker.
NODES = {"worker": "celery", "beat": "celerybeat"}


def main(part: str) -> int:
    alive = web_answers() if part == "web" else answers_ping(f"{NODES[part]}@{socket.gethostname()}")
    return 0 if alive else 1


def web_answers() -> bool:
    """Any answer will do: 503 says that another part is ill."""
    host, _, port = os.environ.get("WEB_BIND", "127.0.0.1:8000").rpartition(":")
    everywhere = host in ("0.0.0.0", "[::]")  # noqa: S104 - it asks, it does not bind
    connection = http.client.HTTPConnection("127.0.0.1" if everywhere else host, int(port), timeout=8)
    name = (
        urlsplit(os.environ.get("SITE_URL", "")).netloc or "localhost"
    )  # the station answers to its own name only
    try:
        connection.request("GET", "/health/", headers={"Host": name})
        return connection.getresponse().status in (200, 503)
    except OSError:
        return False
    finally:
        connection.close()


def answers_ping(node: str) -> bool:
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "learning_station",
        "inspect",
        "ping",
        "--timeout=3",
        "-d",
        node,
    ]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
