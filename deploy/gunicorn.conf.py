"""The web server, in production and under `make run`. Each value can be set from the environment or the command line."""

import multiprocessing
import os
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.wsgi import Response

from learning_station.secret_addresses import hide

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")  # behind the proxy

# Threads, because a page waits for the database now and then; processes, because Python computes on one core each.
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", min(multiprocessing.cpu_count(), 8)))
threads = int(os.environ.get("WEB_THREADS", "4"))

# Load the station once and share its memory. No connection is opened before the fork.
preload_app = True

# A worker that says nothing for this long is replaced; a stopping one may finish its pages.
timeout = 30
graceful_timeout = 20

# The proxy keeps its connections; a fresh one for each page would cost more than the page.
keepalive = int(os.environ.get("WEB_KEEPALIVE", "75"))


def when_ready(server: Any) -> None:
    """Before the fork, so that all processes share them and nobody's first mistyped word waits for them."""
    from catalog.listing.dictionaries import DICTIONARIES, hashes

    for script in DICTIONARIES:
        hashes(script)


# Heartbeats are written to memory: on a slow disk they would look like a hanging worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

# Restart workers now and then, at different times, so that a slow leak never adds up.
max_requests = 20_000
max_requests_jitter = 4_000

control_socket_disable = True


class HidingLogger(Logger):
    """Secrets in addresses stay out of the access log, also where the log's format was chosen by the operator."""

    def atoms(self, *facts: Any) -> dict[str, Any]:
        return {
            name: hide(value) if isinstance(value, str) else value
            for name, value in super().atoms(*facts).items()
        }


logger_class = HidingLogger


def headers_without_server(response: Response) -> list[str]:
    """Which program answers, and so which of its faults to try, is nobody's business."""
    return [line for line in every_header(response) if not line.startswith("Server:")]


every_header = Response.default_headers
Response.default_headers = headers_without_server
accesslog = os.environ.get("WEB_ACCESS_LOG") or None  # "-" writes to standard output
errorlog = "-"
loglevel = "warning"
# FORWARDED_ALLOW_IPS names the proxies whose X-Forwarded-Proto is believed; gunicorn reads it itself.
